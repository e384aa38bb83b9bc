using Tsdb.Server;
using Tsdb.Server.Configuration;

return await new CommandLine().RunAsync(args, ServerApplication.RunAsync, Console.Error);
