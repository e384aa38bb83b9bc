using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Tsdb.LoadGenerator;

/// <summary>One body of a <see cref="BodyFile"/>: where it lies and how many samples it holds.</summary>
/// <param name="OffsetBytes">Where the body starts in the file.</param>
/// <param name="LengthBytes">Its length.</param>
/// <param name="SampleCount">Samples in it.</param>
internal readonly record struct Body(long OffsetBytes, int LengthBytes, int SampleCount);

/// <summary>
/// Request bodies one after the other, each behind its length and its number of samples (u32 LE each). A file of this program and its version only: it
/// is made again, never kept. Safe for concurrent reads.
/// </summary>
internal sealed class BodyFile : IDisposable
{
    private const int HeaderBytes = 8;

    private readonly SafeFileHandle _file;

    private BodyFile(SafeFileHandle file, List<Body> bodies)
    {
        _file = file;
        Bodies = bodies;
        MaxBodyBytes = bodies.Max(body => body.LengthBytes);
    }

    /// <summary>The bodies, in order; at least one.</summary>
    public IReadOnlyList<Body> Bodies { get; }

    /// <summary>Length of the longest.</summary>
    public int MaxBodyBytes { get; }

    /// <summary>Opens a file and finds its bodies.</summary>
    /// <exception cref="FormatException">It ends inside a body, or holds none.</exception>
    public static BodyFile Open(string path)
    {
        SafeFileHandle file = File.OpenHandle(path);
        long lengthBytes = RandomAccess.GetLength(file);
        List<Body> bodies = [];
        Span<byte> header = stackalloc byte[HeaderBytes];
        for (long offset = 0; offset < lengthBytes;)
        {
            bool isWhole = RandomAccess.Read(file, header, offset) == HeaderBytes;
            var body = new Body(offset + HeaderBytes, BinaryPrimitives.ReadInt32LittleEndian(header), BinaryPrimitives.ReadInt32LittleEndian(header[4..]));
            if (!isWhole || body.LengthBytes < 0 || body.LengthBytes > lengthBytes - body.OffsetBytes)
            {
                file.Dispose();
                throw new FormatException($"{path} ends inside the body at byte {offset}; prepare it again.");
            }

            bodies.Add(body);
            offset = body.OffsetBytes + body.LengthBytes;
        }

        return bodies.Count > 0 ? new BodyFile(file, bodies) : throw new FormatException($"{path} holds no bodies.");
    }

    /// <summary>Writes one body at the end of a stream.</summary>
    public static void Append(Stream stream, ReadOnlySpan<byte> body, int sampleCount)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        BinaryPrimitives.WriteInt32LittleEndian(header, body.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], sampleCount);
        stream.Write(header);
        stream.Write(body);
    }

    /// <summary>Copies a body into the start of <paramref name="destination"/>.</summary>
    public void Read(Body body, Span<byte> destination)
    {
        for (int done = 0; done < body.LengthBytes;)
        {
            int read = RandomAccess.Read(_file, destination[done..body.LengthBytes], body.OffsetBytes + done);
            if (read == 0)
            {
                throw new EndOfStreamException("The file of bodies became shorter while it was sent.");
            }

            done += read;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
