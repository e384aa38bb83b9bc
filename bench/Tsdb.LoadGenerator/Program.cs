using System.CommandLine;
using System.Net.Sockets;
using Tsdb.LoadGenerator.Verbs;

var root = new RootCommand("Prepares request bodies once, and sends them to any server with as little work as possible.")
{
    PrepareVerb.Create(),
    SendVerb.Create(),
    SinkVerb.Create(),
};

try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception failure) when (failure is FormatException or IOException or SocketException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}
