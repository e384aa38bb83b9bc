namespace Tsdb.Model.Files;

/// <summary>A file's bytes in memory. Safe for concurrent use until disposed.</summary>
public interface IMappedFile : IDisposable
{
    /// <summary>The mapped length in bytes.</summary>
    long LengthBytes { get; }

    /// <summary>The first mapped byte; an address that does not move. Valid until disposed.</summary>
    unsafe byte* Pointer { get; }

    /// <summary>Says that the bytes read so far are not needed soon: they need not count as the process's memory until they are read again.</summary>
    void ReleasePages()
    {
    }
}
