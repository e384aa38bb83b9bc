using System.Runtime.CompilerServices;
using Tsdb.Model.Files;

namespace Tsdb.Testing.Files;

/// <summary>A copy of a file's bytes that does not move. Reading after the disposal is caught, where a real mapping would crash.</summary>
internal sealed unsafe class MemoryMapping : IMappedFile
{
    private byte[]? _pinned;

    public MemoryMapping(ReadOnlySpan<byte> bytes)
    {
        // One byte more than needed, so that an empty file has an address too.
        _pinned = GC.AllocateUninitializedArray<byte>(bytes.Length + 1, pinned: true);
        bytes.CopyTo(_pinned);
        LengthBytes = bytes.Length;
    }

    public long LengthBytes { get; }

    public byte* Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(_pinned is null, this);
            return (byte*)Unsafe.AsPointer(ref _pinned[0]);
        }
    }

    public void Dispose() => _pinned = null;
}
