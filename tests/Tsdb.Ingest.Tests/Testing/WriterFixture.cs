using System.Buffers;
using System.Diagnostics.Metrics;
using System.IO.Pipelines;
using System.Text;
using Tsdb.Ingest.LineProtocol;

namespace Tsdb.Ingest.Tests.Testing;

/// <summary>A writer over a <see cref="FakeAppender"/>.</summary>
public sealed class WriterFixture : IDisposable
{
    private readonly Meter _meter = new("test");

    public WriterFixture(LineProtocolOptions? options = null, bool keepsSamples = true)
    {
        Appender = new FakeAppender(keepsSamples: keepsSamples);
        Writer = new LineProtocolWriter(Appender, options ?? new LineProtocolOptions(), new IngestMetrics(_meter));
    }

    public FakeAppender Appender { get; }

    public LineProtocolWriter Writer { get; }

    public Meter Meter => _meter;

    public static LineProtocolRequest Request => new() { ReceivedNs = 42 };

    public WriteReport Write(string text, LineProtocolRequest? request = null) => Writer.Write(Encoding.UTF8.GetBytes(text), request ?? Request);

    /// <summary>Writes a body that arrives in pieces of the given lengths.</summary>
    public async Task<WriteReport> WritePiecesAsync(byte[] text, IEnumerable<int> lengths, LineProtocolRequest? request = null)
    {
        var pipe = PipeReader.Create(Pieces.Of(text, lengths));
        return await Writer.WriteAsync(pipe, request ?? Request, CancellationToken.None);
    }

    public void Dispose() => _meter.Dispose();

    private sealed class Pieces : ReadOnlySequenceSegment<byte>
    {
        private Pieces(ReadOnlyMemory<byte> memory) => Memory = memory;

        public static ReadOnlySequence<byte> Of(byte[] text, IEnumerable<int> lengths)
        {
            var first = new Pieces(ReadOnlyMemory<byte>.Empty);
            Pieces last = first;
            int at = 0;
            foreach (int length in lengths.Append(text.Length))
            {
                int taken = Math.Min(length, text.Length - at);
                last = last.Append(text.AsMemory(at, taken));
                at += taken;
            }

            return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
        }

        private Pieces Append(ReadOnlyMemory<byte> memory)
        {
            var segment = new Pieces(memory) { RunningIndex = RunningIndex + Memory.Length };
            Next = segment;
            return segment;
        }
    }
}
