using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;
using Tsdb.Model.Files;

namespace Tsdb.Storage.Files;

/// <summary>A file mapped for reading, whole. The pointer is taken once, so that readers pay nothing for it.</summary>
internal sealed unsafe class PhysicalMappedFile : IMappedFile
{
    private readonly MemoryMappedFile? _file; // null: an empty file cannot be mapped
    private readonly MemoryMappedViewAccessor? _view;
    private byte* _pointer;

    /// <summary>Maps the first <paramref name="lengthBytes"/> of a file; the handle stays the caller's.</summary>
    public PhysicalMappedFile(SafeFileHandle handle, long lengthBytes)
    {
        LengthBytes = lengthBytes;
        if (lengthBytes == 0)
        {
            return;
        }

        _file = MemoryMappedFile.CreateFromFile(handle, mapName: null, lengthBytes, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        try
        {
            _view = _file.CreateViewAccessor(0, lengthBytes, MemoryMappedFileAccess.Read);
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _pointer);
        }
        catch
        {
            _view?.Dispose();
            _file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public long LengthBytes { get; }

    /// <inheritdoc/>
    public byte* Pointer => _pointer;

    /// <inheritdoc/>
    public void ReleasePages()
    {
        if (_pointer is not null)
        {
            MappedPages.Release(_pointer, LengthBytes);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_pointer is null)
        {
            return;
        }

        _pointer = null;
        _view!.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file!.Dispose();
    }
}
