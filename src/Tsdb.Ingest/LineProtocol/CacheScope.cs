using System.IO.Hashing;
using System.Text;

namespace Tsdb.Ingest.LineProtocol;

/// <summary>Keeps equal prefixes apart that mean different series because the request's database becomes a label. Immutable.</summary>
internal sealed class CacheScope
{
    private readonly byte[] _suffix;

    private CacheScope(string database)
    {
        Database = Encoding.UTF8.GetBytes(database);

        // A prefix never holds a line feed, so what follows the first one in a key can only be the scope.
        _suffix = database.Length == 0 ? [] : [(byte)'\n', .. Database];
        HashSeed = _suffix.Length == 0 ? 0 : (long)XxHash3.HashToUInt64(_suffix);
    }

    /// <summary>The scope of requests without a database label.</summary>
    public static CacheScope None { get; } = new("");

    /// <summary>The value of the <c>db</c> label as UTF-8; empty when there is none.</summary>
    public byte[] Database { get; }

    /// <summary>Goes into the hash of each prefix.</summary>
    public long HashSeed { get; }

    /// <summary>Follows the prefix in a key of the cache.</summary>
    public ReadOnlySpan<byte> Suffix => _suffix;

    /// <summary>The scope of a request whose database is <paramref name="database"/>, null or empty for none.</summary>
    public static CacheScope Of(string? database) => string.IsNullOrEmpty(database) ? None : new CacheScope(database);
}
