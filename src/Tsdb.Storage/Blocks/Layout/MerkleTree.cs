using System.Security.Cryptography;

namespace Tsdb.Storage.Blocks.Layout;

/// <summary>
/// A hash tree over a file (Merkle, CRYPTO 1987): SHA-256 of each 64 KiB extent, then SHA-256 of up to 16 joined hashes, level by level, until one
/// is left. With it a transfer or a scrub finds the damaged extent without comparing the file.
/// </summary>
/// <remarks>Bytes are appended in order, in pieces of any size. Not thread-safe. Part of the file formats (docs/formats.md#block).</remarks>
internal sealed class MerkleTree : IDisposable
{
    /// <summary>Bytes under one leaf; the last leaf may have fewer.</summary>
    public const int ExtentBytes = 64 << 10;

    /// <summary>How many hashes the parent of a full node joins.</summary>
    public const int FanOut = 16;

    private readonly IncrementalHash _extent = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<byte> _leaves = [];
    private int _extentLength;

    /// <summary>Adds the next bytes of the file.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int taken = Math.Min(bytes.Length, ExtentBytes - _extentLength);
            _extent.AppendData(bytes[..taken]);
            bytes = bytes[taken..];
            _extentLength += taken;
            if (_extentLength == ExtentBytes)
            {
                FinishExtent();
            }
        }
    }

    /// <summary>
    /// Completes the tree and returns its root as lower-case hexadecimal digits. The last call of this object; no bytes have the hash of
    /// nothing.
    /// </summary>
    public string Finish()
    {
        if (_extentLength > 0 || _leaves.Count == 0)
        {
            FinishExtent();
        }

        byte[] level = [.. _leaves];
        while (level.Length > SHA256.HashSizeInBytes)
        {
            level = ParentsOf(level);
        }

        return Convert.ToHexStringLower(level);
    }

    /// <inheritdoc/>
    public void Dispose() => _extent.Dispose();

    private static byte[] ParentsOf(byte[] level)
    {
        const int ChildBytes = FanOut * SHA256.HashSizeInBytes;
        int parents = (level.Length + ChildBytes - 1) / ChildBytes;
        byte[] joined = new byte[parents * SHA256.HashSizeInBytes];
        for (int i = 0; i < parents; i++)
        {
            ReadOnlySpan<byte> children = level.AsSpan(i * ChildBytes, Math.Min(ChildBytes, level.Length - (i * ChildBytes)));
            SHA256.HashData(children, joined.AsSpan(i * SHA256.HashSizeInBytes));
        }

        return joined;
    }

    private void FinishExtent()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _extent.GetHashAndReset(hash);
        _leaves.AddRange(hash);
        _extentLength = 0;
    }
}
