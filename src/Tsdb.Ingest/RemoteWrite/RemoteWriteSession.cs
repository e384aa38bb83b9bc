using Tsdb.Ingest.SeriesKeys;
using Tsdb.Model.Metadata;
using Tsdb.Model.Writing;

namespace Tsdb.Ingest.RemoteWrite;

/// <summary>The readers and the sink of one request. Not thread-safe; <see cref="RemoteWriter"/> rents it to one request at a time.</summary>
internal sealed class RemoteWriteSession
{
    private readonly MessageV1Reader _v1;
    private readonly MessageV2Reader _v2;

    public RemoteWriteSession(
        IAppender appender, IMetadataStore metadata, RemoteWriteOptions options, SeriesHandleCache v1Cache, SeriesHandleCache v2Cache)
    {
        Sink = new SampleSink(appender, metadata, options, v1Cache, v2Cache);
        var labels = new LabelCollector(options);
        _v1 = new MessageV1Reader(appender, Sink, v1Cache, labels);
        _v2 = new MessageV2Reader(appender, Sink, v2Cache, labels, options);
    }

    /// <summary>What was read.</summary>
    public SampleSink Sink { get; }

    /// <summary>Reads a message and hands its good samples to the engine.</summary>
    /// <exception cref="MalformedMessageException">It is none. Of a long message, samples before the fault may have been written.</exception>
    public void Write(ReadOnlySpan<byte> message, RemoteWriteVersion version)
    {
        Sink.Begin();
        Sink.Tally.BytesRead = message.Length;
        bool isRead = version == RemoteWriteVersion.V1 ? _v1.TryRead(message, out int position) : _v2.TryRead(message, out position);
        if (!isRead)
        {
            throw new MalformedMessageException(
                $"The body is no message of Prometheus remote write {(version == RemoteWriteVersion.V1 ? "1.0" : "2.0")}: " +
                $"its protobuf is damaged at or before byte {position} of {message.Length}. {Sink.Tally.SamplesWritten} samples were written.");
        }

        Sink.Append();
    }
}
