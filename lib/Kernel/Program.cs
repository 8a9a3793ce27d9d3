using FaLW.Kernel.Commands;

return await Entry.Run(args);
