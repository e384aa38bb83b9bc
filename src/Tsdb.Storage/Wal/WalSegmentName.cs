using System.Globalization;
using Tsdb.Model.Files;

namespace Tsdb.Storage.Wal;

/// <summary>The names of segments: ten digits and ".log", so that they sort by number. Other files in the directory are not the WAL's.</summary>
internal static class WalSegmentName
{
    private const string Extension = ".log";
    private const int Digits = 10;

    /// <summary>The path of a segment.</summary>
    public static string PathOf(string directory, long number) =>
        Path.Combine(directory, number.ToString("D10", CultureInfo.InvariantCulture) + Extension);

    /// <summary>The numbers of the segments in a directory, ascending; none when there is no directory.</summary>
    public static List<long> List(IFileSystem files, string directory)
    {
        var numbers = new List<long>();
        if (!files.DirectoryExists(directory))
        {
            return numbers;
        }

        foreach (string name in files.List(directory))
        {
            if (name.Length == Digits + Extension.Length
                && name.EndsWith(Extension, StringComparison.Ordinal)
                && long.TryParse(name.AsSpan(0, Digits), NumberStyles.None, CultureInfo.InvariantCulture, out long number))
            {
                numbers.Add(number);
            }
        }

        numbers.Sort();
        return numbers;
    }
}
