"""Builds the site that runs in the browser alone: JupyterLite with the notebooks, with no need of any other host."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

from copydesk._version import __version__
from copydesk.course.course import Course
from copydesk.course.glossary import GLOSSARY, plain_glossary
from copydesk.lab.pyodide import FETCHED
from copydesk.publish.build import FOLDERS, BookError, put, require_place
from copydesk.publish.page_head import hide_from_search
from copydesk.publish.placing import SiteFolder
from copydesk.publish.rights import rights_text
from copydesk.release.leaks import find_leaks
from copydesk.text import COURSE_TEXTS, LANGUAGE_VARIABLE
from copydesk.zip_entry import zip_entry

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

PYODIDE = "314.0.6"
PYODIDE_FILES = frozenset({"pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"})
LOCK = "pyodide-lock.json"
DISTRIBUTION = re.compile(r"https://[^`\"$]+\$\{\w+\}/full/")
"""How Pyodide's own code gives the address of its distribution, with a gap for the version."""

BROWSER = {"python_version": "3.14", "python_full_version": "3.14.2", "sys_platform": "emscripten", "extra": ""}
BROWSER_WHEELS = (
    "--platform=pyemscripten_2026_0_wasm32",
    "--implementation=cp",
    "--abi=cp314",
    "--python-version=3.14",
)
BROWSER_VERSIONS = {"micropip": "0.11.1"}
"""Wheels that differ from those installed here, apart from pydantic's compiled part."""

COURSE_NEEDS = ("anywidget", "filelock", "ipywidgets", "jinja2", "pydantic", "pyyaml")
KERNEL_NEEDS = {
    "ipykernel": ("comm", "ipython"),
    "piplite": ("micropip", "packaging"),
    "pyodide_kernel": ("comm", "ipykernel", "ipython", "jedi"),
    "widgetsnbextension": (),
}
"""Wheels that the kernel brings for the browser, and what they need."""

REPLACED = frozenset({"jupyterlab-widgets", "pexpect", "widgetsnbextension"})
LEFT_BEHIND = frozenset({".so", ".pyd", ".dylib", ".pyc"})
"""Compiled for this machine; every package here works without them, except pydantic-core."""

KERNEL = "@jupyterlite/pyodide-kernel-extension"
EXTENSIONS = (KERNEL, "@jupyter-widgets/jupyterlab-manager", "anywidget")
"""What the notebooks need of JupyterLab; whatever else is installed on this machine stays out of the site."""

WHOLE_ARTICLE = (
    "The site shows the whole article, which no licence of the course covers: give it only to a class, and only if "
    "your law allows it. Its pages ask search engines to stay away."
)
EXERCISE = re.compile(r"\b(exercises/[\w-]+)(\.ipynb)")
FIRST_CELL = "from copydesk.lab.pyodide import ready\n\nawait ready()"
DATE = "315532800"
"""The second since 1970 to which JupyterLite dates all files, so that two builds are equal."""

MARKER = ".copydesk-lite"
"""The file with which the first edition marked the folder of such a site."""


def build_lite(root: Path, out: Path, *, say: Callable[[str], object] = lambda _: None) -> Path:
    """Build the site of the course at ``root`` in the folder ``out``, and return that folder.

    Needs the network once, for Pyodide and two wheels. The site has no keys of graded tasks.

    Raises:
        BookError: something in ``out`` is in the way, a notebook has part of a key, a tool is missing or fails.
    """
    root, out = root.resolve(), out.resolve()
    course, folder = Course(root), SiteFolder(out, kind="lite", marker=MARKER)
    require_place(root, folder)
    extensions = [str(_extension(name)) for name in EXTENSIONS]
    kernel_wheels = {name: _kernel_wheel(name) for name in KERNEL_NEEDS}
    with tempfile.TemporaryDirectory(prefix="copydesk-lite-") as name:
        work = Path(name)
        say("Fetching Python for the browser, and packing what the course needs.")
        _fetch(work / "fetched")
        fill_runtime(course, work / "fetched", kernel_wheels, work / "static" / "pyodide")
        _stage_files(course, work / "files")
        (work / "jupyter-lite.json").write_text(json.dumps(lite_settings()), encoding="utf-8", newline="\n")
        settings = json.dumps(build_settings(extensions))
        (work / "jupyter_lite_config.json").write_text(settings, encoding="utf-8", newline="\n")
        say("Building the site.")
        site = work / "site"
        options = ["--apps=lab", "--no-sourcemaps", f"--lite-dir={work}"]
        options += [f"--contents={work / 'files'}", f"--output-dir={site}"]
        _run(sys.executable, "-m", "jupyterlite_core", "build", *options, where=work)
        hide_from_search(site)
        say(put(folder, site, say).text())
    say(f"The site is ready in {out}. It needs a web server: from file:// it does not start.")
    say(WHOLE_ARTICLE)
    return out


def _stage_files(course: Course, files: Path) -> None:
    """Put the notebooks and the glossary of a course into the folder of the site's files.

    Raises:
        BookError: a notebook has part of a key.
    """
    root, rights = course.root, course_rights(course)
    for folder in FOLDERS:
        (files / folder).mkdir(parents=True)
        for path in sorted((root / folder).glob("*.ipynb")):
            place = files / rename_exercises(path.relative_to(root).as_posix())
            place.write_text(browser_notebook(path, rights), encoding="utf-8", newline="\n")
    leaks = find_leaks(course, files)
    if leaks:
        raise BookError("\n".join(["The site was not built:", *map(str, leaks)]))
    (files / GLOSSARY).parent.mkdir()
    glossary = plain_glossary((root / GLOSSARY).read_text(encoding="utf-8"))
    (files / GLOSSARY).write_text(glossary, encoding="utf-8", newline="\n")


def browser_notebook(path: Path, rights: str = "") -> str:
    """Return a notebook for the browser: a cell before the first that runs prepares it, and the last says its rights.

    ``rights`` is Markdown; without it, there is no such last cell.
    """
    notebook: Any = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    first = next(index for index, cell in enumerate(notebook.cells) if cell.cell_type == "code")
    cell = nbformat.v4.new_code_cell(FIRST_CELL, id="ready", metadata={"jupyter": {"source_hidden": True}})  # type: ignore[no-untyped-call]
    notebook.cells.insert(first, cell)
    if rights:
        notebook.cells.append(nbformat.v4.new_markdown_cell(rights, id="rights"))  # type: ignore[no-untyped-call]
    return rename_exercises(nbformat.writes(notebook))  # type: ignore[no-untyped-call]


def course_rights(course: Course) -> str:
    """Return version, licence and rights as Markdown, as the foot of each page of the book gives them."""
    return f"---\n\n*Copy Desk {__version__}. {rights_text(course)}*"


def rename_exercises(text: str) -> str:
    """Return a text with other names for the exercises: JupyterLite cannot have two notebooks of the same name open.

    It takes them for one, whatever their folders, and ends the kernels of both.
    """
    return EXERCISE.sub(r"\1-exercise\2", text)


def build_settings(extensions: Sequence[str]) -> dict[str, Any]:
    """Return JupyterLite's settings for a build: with these extensions, and with none that is installed by chance."""
    ignored = ["federated_extensions", "translation"]
    return {"LiteBuildConfig": {"ignore_sys_prefix": ignored, "federated_extensions": list(extensions)}}


def lite_settings() -> dict[str, Any]:
    """Return JupyterLite's settings: which packages are there from the start, and that no index is queried."""
    packages = ["copydesk", *map(canonicalize_name, KERNEL_NEEDS), "comm", "ipython", "jedi", "micropip"]
    options = {
        "packages": packages,
        "convertNullToNone": True,  # otherwise a null sent by a view would not be None
        "env": {LANGUAGE_VARIABLE: os.environ.get(LANGUAGE_VARIABLE, "")},  # else the course says it
    }
    kernel = {"disablePyPIFallback": True, "loadPyodideOptions": options}
    plugins = {"@jupyterlite/pyodide-kernel-extension:kernel": kernel}
    return {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {"appName": "Copy Desk", "litePluginSettings": plugins},
    }


def fill_runtime(course: Course, fetched: Path, kernel_wheels: dict[str, Path], runtime: Path) -> None:
    """Put Pyodide, all wheels and their list into the folder that the kernel starts from."""
    runtime.mkdir(parents=True)
    (archive,) = fetched.glob("pyodide-*.tgz")
    with tarfile.open(archive) as opened:
        for member in opened.getmembers():
            name, content = Path(member.name).name, opened.extractfile(member)
            if content is not None and name in {*PYODIDE_FILES, LOCK}:
                (runtime / name).write_bytes(content.read())
    packages: dict[str, Any] = {}
    for name, needs in required_packages().items():
        ready_made = next(fetched.glob(f"{name.replace('-', '_')}-*.whl"), None)
        wheel = Path(shutil.copy(ready_made, runtime)) if ready_made else repack(name, runtime)
        packages[name] = lock_entry(wheel, needs)
    for name, wheel in kernel_wheels.items():
        packages[canonicalize_name(name)] = lock_entry(Path(shutil.copy(wheel, runtime)), KERNEL_NEEDS[name])
    packages["copydesk"] = lock_entry(pack_course(course, runtime), COURSE_NEEDS)
    lock = json.loads((runtime / LOCK).read_text(encoding="utf-8"))
    packages.update(online_packages(lock["packages"], packages, distribution_address(runtime)))
    lock["packages"] = packages
    (runtime / LOCK).write_text(json.dumps(lock), encoding="utf-8", newline="\n")


def required_packages() -> dict[NormalizedName, list[NormalizedName]]:
    """Return every package that the course and the kernel need in the browser, each with its own requirements."""
    packages: dict[NormalizedName, list[NormalizedName]] = {}
    todo = list(map(canonicalize_name, chain(COURSE_NEEDS, *KERNEL_NEEDS.values())))
    while todo:
        name = todo.pop()
        if name in packages or name in KERNEL_NEEDS:
            continue
        packages[name] = sorted(set(_requirements(name)) - REPLACED)
        todo += packages[name]
    return packages


def _requirements(package: str) -> Iterator[NormalizedName]:
    """Yield the packages that an installed package needs in the browser."""
    if package in BROWSER_VERSIONS:
        return
    for text in importlib.metadata.requires(package) or []:
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate(BROWSER):
            yield canonicalize_name(requirement.name)


def repack(name: str, folder: Path) -> Path:
    """Make a wheel from an installed package, without what was compiled for this machine."""
    installed = importlib.metadata.distribution(name)
    wheel = folder / f"{name.replace('-', '_')}-{installed.version}-py3-none-any.whl"
    local = {"RECORD", "INSTALLER", "REQUESTED", "direct_url.json"}
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in installed.files or []:
            if ".." not in file.parts and file.suffix not in LEFT_BEHIND and file.name not in local:
                archive.writestr(zip_entry(file.as_posix()), file.read_binary())
    return wheel


def pack_course(course: Course, folder: Path) -> Path:
    """Make a wheel from this package, with the files of the course that a learner may have."""
    wheel, package = folder / f"copydesk-{__version__}-py3-none-any.whl", Path(__file__).parents[1]
    root, about = course.root, f"copydesk-{__version__}.dist-info"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in _files(package):
            if file.relative_to(package).parts[0] != "courses":
                archive.writestr(zip_entry(file.relative_to(package.parent).as_posix()), file.read_bytes())
        for part in (*FOLDERS, "seeds", COURSE_TEXTS):
            for file in _files(root / part):
                if file.suffix != ".ipynb":
                    name = f"copydesk/courses/{course.facts.id}/{file.relative_to(root).as_posix()}"
                    archive.writestr(zip_entry(name), file.read_bytes())
        archive.writestr(
            zip_entry(f"{about}/METADATA"), f"Metadata-Version: 2.1\nName: copydesk\nVersion: {__version__}\n"
        )
        archive.writestr(zip_entry(f"{about}/WHEEL"), "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
    return wheel


def lock_entry(wheel: Path, needs: Sequence[str]) -> dict[str, Any]:
    """Return the entry in Pyodide's list of packages for a wheel in the same folder."""
    name, version, *_ = wheel.name.split("-")
    with zipfile.ZipFile(wheel) as opened:
        tops = {file.partition("/")[0] for file in opened.namelist() if ".dist-info/" not in file}
    return {
        "name": canonicalize_name(name),
        "version": version,
        "file_name": wheel.name,
        "install_dir": "site",
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
        "package_type": "package",
        "imports": sorted(top.removesuffix(".py") for top in tops),
        "depends": list(map(canonicalize_name, needs)),
    }


def distribution_address(runtime: Path) -> str:
    """Return the address of Pyodide's own distribution; only running notebooks contact it, for ``FETCHED``."""
    match = DISTRIBUTION.search((runtime / "pyodide.mjs").read_text(encoding="utf-8"))
    if match is None:
        message = f"Pyodide {PYODIDE} does not say where its distribution stands."
        raise BookError(message)
    return re.sub(r"\$\{\w+\}", PYODIDE, match[0])


def online_packages(distribution: dict[str, Any], packed: Collection[str], address: str) -> dict[str, dict[str, Any]]:
    """Return the packages from Pyodide's distribution for a site that is online: ``FETCHED`` and their requirements."""
    packages: dict[str, dict[str, Any]] = {}
    todo = list(FETCHED)
    while todo:
        name = canonicalize_name(todo.pop())
        if name in packed or name in packages:
            continue
        entry = distribution[name]
        packages[name] = entry | {"file_name": address + entry["file_name"]}
        todo += entry["depends"]
    return packages


def _fetch(folder: Path) -> None:
    """Fetch Pyodide, and the wheels of which the browser needs its own versions."""
    folder.mkdir()
    npm = shutil.which("npm", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))
    if npm is None:
        message = "npm is missing. It comes with the extra: pip install 'copydesk[lite]'"
        raise BookError(message)
    _run(npm, "pack", "--silent", f"pyodide@{PYODIDE}", where=folder)
    core = importlib.metadata.version("pydantic-core")
    wheels = [f"pydantic-core=={core}"]
    wheels += map("{}=={}".format, BROWSER_VERSIONS.keys(), BROWSER_VERSIONS.values())
    options = ("--quiet", "--no-deps", "--only-binary=:all:", "--disable-pip-version-check", *BROWSER_WHEELS)
    _run(sys.executable, "-m", "pip", "download", *options, *wheels, where=folder)


def _extension(name: str) -> Path:
    """Return the folder of an installed extension of JupyterLab."""
    folder = Path(sys.prefix, "share", "jupyter", "labextensions", *name.split("/"))
    if not (folder / "package.json").is_file():
        message = f"JupyterLab's extension {name} is missing. It comes with the extra: pip install 'copydesk[lite]'"
        raise BookError(message)
    return folder


def _kernel_wheel(name: str) -> Path:
    """Return the newest wheel of a name that the kernel brings with it."""
    *_, newest = sorted((_extension(KERNEL) / "static" / "pypi").glob(f"{name}-*.whl"))
    return newest


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not {"__pycache__", ".ipynb_checkpoints"} & set(path.parts):
            yield path


def _run(*command: str, where: Path) -> None:
    environment = {"SOURCE_DATE_EPOCH": DATE, **os.environ}
    done = subprocess.run(
        command, cwd=where, env=environment, capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode:
        last = "\n".join((done.stdout + done.stderr).strip().splitlines()[-15:])
        message = f"{Path(command[0]).name} {command[1]} {command[2]} ended with code {done.returncode}:\n{last}"
        raise BookError(message)
