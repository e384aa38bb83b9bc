using System.Globalization;
using Tsdb.Model.Files;

namespace Tsdb.Storage.Checkpoints;

/// <summary>
/// The names of checkpoints, beside the segments of a log: ten digits of the segment replay goes on with, and ".checkpoint"; followed by ".tmp" while one
/// is written, by ".damaged" once it was found to be.
/// </summary>
internal static class CheckpointName
{
    private const string Extension = ".checkpoint";
    private const string TemporaryExtension = ".tmp";
    private const string DamagedExtension = ".damaged";
    private const int Digits = 10;

    /// <summary>The path of a checkpoint.</summary>
    public static string PathOf(string directory, long tailSegment) =>
        Path.Combine(directory, tailSegment.ToString("D10", CultureInfo.InvariantCulture) + Extension);

    /// <summary>Where a checkpoint is written before it counts.</summary>
    public static string TemporaryOf(string path) => path + TemporaryExtension;

    /// <summary>Where a damaged checkpoint is kept aside until it would be deleted.</summary>
    public static string DamagedOf(string path) => path + DamagedExtension;

    /// <summary>The tail segments of the checkpoints in a directory, ascending; none when there is no directory.</summary>
    public static List<long> List(IFileSystem files, string directory) => List(files, directory, Extension);

    /// <summary>Deletes what a stop left of unfinished checkpoints, and the checkpoints, damaged ones too, whose tail segment is not after the one given.</summary>
    public static void DeleteUpTo(IFileSystem files, string directory, long tailSegment)
    {
        foreach (long number in List(files, directory, Extension + TemporaryExtension))
        {
            files.DeleteFile(TemporaryOf(PathOf(directory, number)));
        }

        foreach (long number in List(files, directory, Extension + DamagedExtension).Where(number => number <= tailSegment))
        {
            files.DeleteFile(DamagedOf(PathOf(directory, number)));
        }

        foreach (long number in List(files, directory).Where(number => number <= tailSegment))
        {
            files.DeleteFile(PathOf(directory, number));
        }
    }

    private static List<long> List(IFileSystem files, string directory, string extension)
    {
        var numbers = new List<long>();
        if (!files.DirectoryExists(directory))
        {
            return numbers;
        }

        foreach (string name in files.List(directory))
        {
            if (name.Length == Digits + extension.Length
                && name.EndsWith(extension, StringComparison.Ordinal)
                && long.TryParse(name.AsSpan(0, Digits), NumberStyles.None, CultureInfo.InvariantCulture, out long number))
            {
                numbers.Add(number);
            }
        }

        numbers.Sort();
        return numbers;
    }
}
