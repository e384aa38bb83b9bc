namespace Tsdb.Storage.Checkpoints;

/// <summary>The constants of the checkpoint format, version 1 (docs/formats.md#checkpoint). They never change meaning.</summary>
internal static class CheckpointFormat
{
    /// <summary>The version this program writes, and the newest it reads.</summary>
    public const uint Version = 1;

    /// <summary>Bytes of the header; the first section follows.</summary>
    public const int HeaderBytes = 64;

    /// <summary>Bytes before a section's payload.</summary>
    public const int SectionHeaderBytes = 16;

    /// <summary>The most bytes of a section's payload, stored or decompressed: what a reader must be ready to hold.</summary>
    public const int MaxPayloadBytes = 32 << 20;

    /// <summary>Payload bytes at which the writer closes a section.</summary>
    public const int TargetPayloadBytes = 1 << 20;

    /// <summary>How every checkpoint begins.</summary>
    public static ReadOnlySpan<byte> Magic => "TSDBCKPT"u8;
}
