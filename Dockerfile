# JupyterLab with the course and without its keys: for Binder, for JupyterHub, or alone:
#   docker build --tag copydesk . && docker run --rm -p 127.0.0.1:8888:8888 copydesk
FROM python:3.11-slim

# Binder hands over both; a hub runs the image as whom it likes.
ARG NB_USER=learner
ARG NB_UID=1000
ENV USER=${NB_USER} HOME=/home/${NB_USER}

# git is for nbgitpuller, in the version that the system has.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/* \
    && adduser --disabled-password --gecos "" --uid ${NB_UID} ${NB_USER}

COPY . /opt/copydesk
# A hub speaks only to the jupyterhub of its own major version: --build-arg JUPYTERHUB=4
ARG JUPYTERHUB=5
RUN pip install --no-cache-dir --constraint /opt/copydesk/tested-versions.txt \
        /opt/copydesk notebook nbgitpuller "jupyterhub==${JUPYTERHUB}.*" \
    && mkdir -p /usr/local/etc/jupyter \
    && cp /opt/copydesk/container/jupyter_server_config.py /usr/local/etc/jupyter/

USER ${NB_USER}
WORKDIR ${HOME}
EXPOSE 8888
CMD ["jupyter", "lab", "--ip=0.0.0.0", "--no-browser"]
