using System.Globalization;
using System.Text.RegularExpressions;

namespace Tsdb.Repository.Tests;

/// <summary>What the code writes to disk is explained in docs/formats.md: each number of a format's enumeration, and each file's magic bytes.</summary>
/// <remarks>The sources are read, not the assemblies: so a member must also say its number, which a later insertion would otherwise shift.</remarks>
public sealed partial class FormatDocumentationTests
{
    // How the document words a member of each enumeration: a pattern, given its number (of flags: its bit) and its name's words.
    private static readonly Dictionary<string, Func<int, string, string>> Wordings = new()
    {
        ["TimeUnit"] = (number, words) => $@"\b{number} {words}\b",
        ["SampleKind"] = (number, words) => $@"\b{number} {words}s\b",
        ["CounterResetHint"] = (number, words) => $@"\b{number} {words}\b",
        ["MetricType"] = (number, words) => $@"\b{number} {words}\b",
        ["ChunkCodec"] = (number, words) => $@"^\| {number} \| {words} \|",
        ["Transform"] = (number, words) => $@"^\| {number} {words} \|",
        ["WalRecordType"] = (number, words) => $@"^\| {number} \| {words} \|",
        ["WalRecordFlags"] = (bit, words) => $@"\bbit {bit}: [^;|]*\b{words}\b",
        ["SectionType"] = (number, words) => words == "first optional" ? $@"unknown type from 0x{number:x} on" : $@"^\| {number} \| \[{words}\]",
        ["CheckpointSectionType"] = (number, words) => $@"^\| {number} \| {words} \|",
        ["ChunkFlags"] = (bit, words) => $@"\b{bit}: {words.Replace("has ", "has (a )?", StringComparison.Ordinal)}",
    };

    private static readonly string Formats = File.ReadAllText(Path.Combine(Repository.Root, "docs", "formats.md"));

    private static IEnumerable<string> LibraryFiles =>
        Repository.SourceFiles.Where(file => Repository.Relative(file).StartsWith("src/", StringComparison.Ordinal));

    private static IEnumerable<TestCaseData> FormatEnums =>
        from file in LibraryFiles
        let text = File.ReadAllText(file)
        where FormatEnum().IsMatch(text)
        select new TestCaseData(file).SetArgDisplayNames(Path.GetFileNameWithoutExtension(file));

    private static IEnumerable<string> Magics =>
        from file in LibraryFiles
        from match in Magic().Matches(File.ReadAllText(file))
        select match.Groups["text"].Success ? match.Groups["text"].Value : TextOf(match.Groups["number"].Value);

    [TestCaseSource(nameof(FormatEnums))]
    public void FormatEnum_EachMember_IsInTheDocument(string file)
    {
        string text = File.ReadAllText(file);
        string name = Path.GetFileNameWithoutExtension(file);
        Assert.That(Wordings.Keys, Does.Contain(name), "How docs/formats.md words it is not listed in this test.");

        IEnumerable<string> missing =
            from member in Member().Matches(text)
            where !IsDocumented(name, member, isFlags: text.Contains("[Flags]", StringComparison.Ordinal))
            select $"{name}.{member.Value.Trim()}";

        Assert.That(missing, Is.Empty);
    }

    [Test]
    public void FormatEnums_AreAllFound() =>
        Assert.That(FormatEnums.Select(test => Path.GetFileNameWithoutExtension((string)test.Arguments[0]!)), Is.EquivalentTo(Wordings.Keys));

    [Test]
    public void Magics_AreInTheDocument()
    {
        string[] magics = [.. Magics];

        Assert.That(magics, Has.Length.GreaterThanOrEqualTo(4), "log, chunks, index, MANIFEST");
        Assert.That(magics.Where(magic => !Formats.Contains($"`{magic}`", StringComparison.Ordinal)), Is.Empty);
    }

    private static bool IsDocumented(string enumeration, Match member, bool isFlags)
    {
        if (!TryGetNumber(member.Groups["number"].Value, out int number))
        {
            return false;
        }

        if (isFlags && number == 0)
        {
            return true; // no bit, nothing to explain
        }

        string words = WordBreak().Replace(member.Groups["name"].Value, " ").ToLowerInvariant();
        string pattern = Wordings[enumeration](isFlags ? int.Log2(number) : number, words);
        return Regex.IsMatch(Formats, pattern, RegexOptions.IgnoreCase | RegexOptions.Multiline);
    }

    private static bool TryGetNumber(string text, out int number) => text.Split(" << ") switch
    {
        ["1", string bit] => int.TryParse(bit, NumberStyles.None, CultureInfo.InvariantCulture, out number) && (number = 1 << number) > 0,
        [['0', 'x', .. string digits]] => int.TryParse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out number),
        _ => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number),
    };

    // Little-endian, as the files have it.
    private static string TextOf(string hexNumber)
    {
        ulong number = ulong.Parse(hexNumber.Replace("_", "", StringComparison.Ordinal), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return string.Concat(BitConverter.GetBytes(number).Select(letter => (char)letter));
    }

    // The docstring of a type of the formats says so, in one of two ways.
    [GeneratedRegex(@"(format|never change meaning)[^\n]*</summary>(\r?\n///[^\n]*|\r?\n\[Flags\])*\r?\n(public|internal) enum ")]
    private static partial Regex FormatEnum();

    [GeneratedRegex(@"^ {4}(?<name>[A-Z]\w*)( = (?<number>[\w< ]+))?,\s*$", RegexOptions.Multiline)]
    private static partial Regex Member();

    [GeneratedRegex("""const ulong \w*Magic = 0x(?<number>[0-9A-Fa-f_]+);|Magic => "(?<text>[^"]+)"u8""")]
    private static partial Regex Magic();

    [GeneratedRegex(@"(?<=[a-z])(?=[A-Z][a-z])")]
    private static partial Regex WordBreak();
}
