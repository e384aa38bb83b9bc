using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Tsdb.LoadGenerator.Sending;

namespace Tsdb.LoadGenerator.Verbs;

/// <summary><c>loadgen sink</c>: a server that takes every request and does nothing with it, to measure the client alone.</summary>
internal static class SinkVerb
{
    /// <summary>Describes the verb.</summary>
    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "Where to listen on loopback", Required = true };
        var command = new Command("sink", "Answers every request 204, until it is stopped, to measure the client alone.") { port };
        command.SetAction(int (ParseResult parsed) =>
        {
            using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(IPAddress.Loopback, parsed.GetValue(port)));
            listener.Listen();
            while (true)
            {
                Socket accepted = listener.Accept();
                new Thread(() => Serve(accepted)) { IsBackground = true }.Start();
            }
        });
        return command;
    }

    private static void Serve(Socket socket)
    {
        using (socket)
        {
            var requests = new RequestReader(destination => socket.Receive(destination));
            try
            {
                while (requests.TrySkip())
                {
                    socket.Send("HTTP/1.1 204 No Content\r\n\r\n"u8);
                }
            }
            catch (Exception failure) when (failure is SocketException or FormatException)
            {
                Console.Error.WriteLine($"A connection ended: {failure.Message}");
            }
        }
    }
}
