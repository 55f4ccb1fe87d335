import { virtual } from "@guidepup/virtual-screen-reader";

window.ear = virtual;
