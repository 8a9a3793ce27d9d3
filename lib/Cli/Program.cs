using FaLW.Cli;

return await CommandLine.Run(args, Terminal.OfProcess());
