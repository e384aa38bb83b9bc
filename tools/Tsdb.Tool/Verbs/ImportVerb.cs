using System.CommandLine;
using System.IO.Compression;
using Tsdb.Tool.Display;
using Tsdb.Tool.Sending;

namespace Tsdb.Tool.Verbs;

/// <summary><c>tsdb import</c>: sends files of line protocol to a server.</summary>
internal static class ImportVerb
{
    /// <summary>Describes the verb.</summary>
    public static Command Create()
    {
        var files = new Argument<FileInfo[]>("files")
        {
            Description = "Files of line protocol with timestamps in nanoseconds; gzip is recognised by .gz",
            Arity = ArgumentArity.OneOrMore,
        };
        files.AcceptExistingOnly();
        var command = new Command("import", "Sends files of line protocol to a server.") { files };
        var sendOptions = new SendOptions(command);
        sendOptions.To.Required = true;
        command.SetAction(async (parsed, cancellationToken) =>
        {
            FileInfo[] given = parsed.GetValue(files)!;
            var tally = new SendTally();
            var reading = new ReadPosition();
            await using HttpTarget target = sendOptions.Connect(parsed, parsed.GetValue(sendOptions.To)!, tally);
            await LoadProgress.RunAsync(
                "Importing",
                given.Sum(file => file.Length),
                () => reading.Bytes,
                tally,
                () => SendAsync(given, target, parsed.GetValue(sendOptions.LinesPerRequest), reading, cancellationToken));
            return tally.PartialRequests == 0 ? 0 : 1;
        });
        return command;
    }

    private static async Task SendAsync(
        FileInfo[] files, HttpTarget target, int linesPerRequest, ReadPosition reading, CancellationToken cancellationToken)
    {
        long before = 0;
        foreach (FileInfo file in files)
        {
            await using FileStream stream = file.OpenRead();
            bool isCompressed = file.Name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
            await using Stream text = isCompressed ? new GZipStream(stream, CompressionMode.Decompress) : stream;
            var chunker = new LineChunker(text, linesPerRequest);
            while (await chunker.ReadAsync(cancellationToken) is TextChunk chunk)
            {
                await target.SendAsync(chunk, cancellationToken);
                reading.Bytes = before + stream.Position;
            }

            before += file.Length;
        }

        await target.CompleteAsync();
    }

    // Written by the reading task, read by the display; a torn or late value would only show for a moment.
    private sealed class ReadPosition
    {
        public double Bytes { get; set; }
    }
}
