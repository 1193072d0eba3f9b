NOTE pending;
