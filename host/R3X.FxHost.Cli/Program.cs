using R3X.FxHost.Cli;

return await R3xCommand.RunAsync(args);
