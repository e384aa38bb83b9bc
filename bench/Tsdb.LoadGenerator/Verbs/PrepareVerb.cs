using System.CommandLine;
using Tsdb.LoadGenerator.Preparing;

namespace Tsdb.LoadGenerator.Verbs;

/// <summary><c>loadgen prepare</c>: cuts lines into request bodies.</summary>
internal static class PrepareVerb
{
    private const string LineProtocol = "line-protocol";
    private const string RemoteWrite = "remote-write";

    /// <summary>Describes the verb.</summary>
    public static Command Create()
    {
        var lines = new Option<string>("--lines") { Description = "Lines of tsdb generate --set cpu-only; - is the standard input", Required = true };
        var output = new Option<string>("--out") { Description = "File to write", Required = true };
        var format = new Option<string>("--format") { Description = "What the bodies are", DefaultValueFactory = _ => LineProtocol };
        format.AcceptOnlyFromAmong(LineProtocol, RemoteWrite);
        var perRequest = new Option<int>("--lines-per-request") { Description = "Lines a body", DefaultValueFactory = _ => 1000 };
        var lateFraction = new Option<double>("--late-fraction") { Description = "How many lines come late, 0 to 1" };
        var lateSeconds = new Option<int>("--late-seconds") { Description = "By how much at most", DefaultValueFactory = _ => 3600 };
        var command = new Command("prepare", "Cuts lines into request bodies, once, so that sending them costs nothing but sending.")
        {
            lines, output, format, perRequest, lateFraction, lateSeconds,
        };
        command.SetAction(parsed =>
        {
            string from = parsed.GetValue(lines)!;
            using Stream source = from == "-" ? Console.OpenStandardInput() : File.OpenRead(from);
            using Stream target = new FileStream(parsed.GetValue(output)!, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
            IBodyWriter writer = parsed.GetValue(format) == RemoteWrite ? new RemoteWriteBodyWriter() : new LineBodyWriter();
            var late = new LateLines(parsed.GetValue(lateFraction), parsed.GetValue(lateSeconds) * 1_000_000_000L, seed: 1);
            long samples = Write(late.Reorder(ReadLines(source)), writer, Math.Max(1, parsed.GetValue(perRequest)), target);
            Console.Out.WriteLine($"samples={samples}");
            return 0;
        });
        return command;
    }

    private static IEnumerable<byte[]> ReadLines(Stream source)
    {
        using var reader = new StreamReader(source, bufferSize: 1 << 20);
        while (reader.ReadLine() is string line)
        {
            if (line.Length > 0)
            {
                yield return System.Text.Encoding.UTF8.GetBytes(line);
            }
        }
    }

    private static long Write(IEnumerable<byte[]> lines, IBodyWriter writer, int linesPerRequest, Stream target)
    {
        long total = 0;
        foreach (byte[][] group in lines.Chunk(linesPerRequest))
        {
            int samples = 0;
            foreach (byte[] line in group)
            {
                samples += writer.Add(line);
            }

            BodyFile.Append(target, writer.Finish(), samples);
            total += samples;
        }

        return total;
    }
}
