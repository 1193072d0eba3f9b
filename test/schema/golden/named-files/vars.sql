NOTE x
  AS ${var.nothing} ${env.HOME}
