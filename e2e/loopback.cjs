// The playground listens on every interface and has no setting for it. Loaded before it, this keeps it to this machine.
"use strict";
const { Server } = require("node:net");

const listen = Server.prototype.listen;
Server.prototype.listen = function onLoopback(port, ...rest) {
  const named = typeof port !== "number" || typeof rest[0] === "string";
  return named ? listen.call(this, port, ...rest) : listen.call(this, port, "127.0.0.1", ...rest);
};
