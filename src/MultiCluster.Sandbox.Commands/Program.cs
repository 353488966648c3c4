using MultiCluster.Sandbox.Commands;

return await CommandLine.RunAsync(args);
