NOTE paid FROM ${var.source};
