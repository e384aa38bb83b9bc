using System.Globalization;
using Tsdb.Model.Errors;
using Tsdb.Model.Files;
using Tsdb.Storage;
using Tsdb.Storage.Wal;

namespace Tsdb.Tool.Inspecting;

/// <summary>A shard's log, or one segment of it.</summary>
/// <param name="Directory">The folder of the segments.</param>
/// <param name="Segments">The segments there, ascending; not empty.</param>
/// <param name="Only">The one segment to show; null for all.</param>
internal sealed record WalLocation(string Directory, IReadOnlyList<long> Segments, long? Only = null)
{
    private const int ShardDigits = 4;

    /// <summary>The shard the folder's name gives; null when the log was copied to a folder of another name.</summary>
    public int? Shard => ShardOf(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Directory))));

    /// <summary>The logs that a data folder, its folder of logs, a folder of segments, or a segment holds.</summary>
    /// <exception cref="DataFolderException">There are none.</exception>
    public static IReadOnlyList<WalLocation> Find(IFileSystem files, string path)
    {
        WalLocation[] found = [.. files.FileExists(path) ? OfFile(files, path) : OfFolder(files, path)];
        return found.Length > 0
            ? found
            : throw new DataFolderException(path, $"{path} is no segment of a log and no folder with any: their names are ten digits and \".log\".");
    }

    private static IEnumerable<WalLocation> OfFile(IFileSystem files, string path)
    {
        string directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        List<long> segments = WalSegmentName.List(files, directory);
        string name = Path.GetFileName(path);
        return segments.Where(number => Path.GetFileName(WalSegmentName.PathOf(directory, number)) == name)
            .Select(number => new WalLocation(directory, segments, number));
    }

    private static IEnumerable<WalLocation> OfFolder(IFileSystem files, string path)
    {
        if (WalSegmentName.List(files, path) is { Count: > 0 } segments)
        {
            return [new WalLocation(path, segments)];
        }

        string logs = files.DirectoryExists(new DataFolder(path).Wal) ? new DataFolder(path).Wal : path;
        return from name in files.DirectoryExists(logs) ? files.List(logs) : []
               where ShardOf(name) is not null
               let directory = Path.Combine(logs, name)
               let found = WalSegmentName.List(files, directory)
               where found.Count > 0
               select new WalLocation(directory, found);
    }

    private static int? ShardOf(string name) =>
        name.Length == ShardDigits && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int shard) ? shard : null;
}
