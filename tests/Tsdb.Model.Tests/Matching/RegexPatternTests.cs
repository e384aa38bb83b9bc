using System.Text;
using System.Text.RegularExpressions;
using Tsdb.Model.Matching;

namespace Tsdb.Model.Tests.Matching;

public sealed class RegexPatternTests
{
    [TestCase("a|b", "a", ExpectedResult = true)]
    [TestCase("a|b", "ab", ExpectedResult = false)]
    [TestCase("", "", ExpectedResult = true)]
    [TestCase("", "a", ExpectedResult = false)]
    [TestCase("a|", "", ExpectedResult = true)]
    [TestCase("^foo$", "foo", ExpectedResult = true)]
    [TestCase("foo$", "foo\n", ExpectedResult = false)]
    [TestCase(".*", "a\nb", ExpectedResult = true)]
    [TestCase("a.b", "a\nb", ExpectedResult = true)]
    [TestCase("(?-s)a.b", "a\nb", ExpectedResult = false)]
    [TestCase("(?-s)a.b", "a\u00e9b", ExpectedResult = true)]
    [TestCase("[^a]", "\n", ExpectedResult = true)]
    [TestCase(".", "\u00e9", ExpectedResult = true)]
    [TestCase(".", "\U0001F600", ExpectedResult = true)]
    [TestCase("..", "\U0001F600", ExpectedResult = false)]
    [TestCase(".+.+", "\u00e9", ExpectedResult = false)]
    [TestCase(".+.+", "\u00e9e", ExpectedResult = true)]
    [TestCase("[\u00e0-\u00ff]+", "\u00e9\u00fc", ExpectedResult = true)]
    [TestCase("[\u00e0-\u00ff]+", "\u00e9\u0100", ExpectedResult = false)]
    [TestCase("[\U0001F600-\U0001F64F]", "\U0001F601", ExpectedResult = true)]
    [TestCase("web.*", "web-1", ExpectedResult = true)]
    [TestCase("web.*", "xweb", ExpectedResult = false)]
    [TestCase("web.+", "web", ExpectedResult = false)]
    [TestCase(".*web", "my web", ExpectedResult = true)]
    [TestCase(".+web", "web", ExpectedResult = false)]
    [TestCase(".+web.+", "web web web", ExpectedResult = true)]
    [TestCase(".+web.+", "web web", ExpectedResult = false)]
    [TestCase(".*web.*", "aweba", ExpectedResult = true)]
    [TestCase("(?i)Host", "hOST", ExpectedResult = true)]
    [TestCase("(?i)k", "\u212A", ExpectedResult = true)]
    [TestCase("(?i)[\u03c3]", "\u03c2", ExpectedResult = true)]
    [TestCase("(?i:a)b", "AB", ExpectedResult = false)]
    [TestCase("(?i:a)b", "Ab", ExpectedResult = true)]
    [TestCase("(a(?i)b)c", "aBc", ExpectedResult = true)]
    [TestCase("(a(?i)b)c", "aBC", ExpectedResult = false)]
    [TestCase("(?i)[^x]", "X", ExpectedResult = false)]
    [TestCase(@"\d+\.\d{2}", "12.50", ExpectedResult = true)]
    [TestCase(@"\d+\.\d{2}", "12.5", ExpectedResult = false)]
    [TestCase(@"\d", "\u0663", ExpectedResult = false)]
    [TestCase(@"\w+", "a_9", ExpectedResult = true)]
    [TestCase(@"\w", "\u00e9", ExpectedResult = false)]
    [TestCase(@"\s", "\v", ExpectedResult = false)]
    [TestCase(@"\D\S\W", "a\v-", ExpectedResult = true)]
    [TestCase(@"[[:alpha:]]+", "aZ", ExpectedResult = true)]
    [TestCase(@"[[:^digit:]x-z5]", "5", ExpectedResult = true)]
    [TestCase(@"[[:word:]-]+", "a-b", ExpectedResult = true)]
    [TestCase(@"\pL+", "h\u00e9\u4e2d", ExpectedResult = true)]
    [TestCase(@"\p{Lu}", "\u00c9", ExpectedResult = true)]
    [TestCase(@"\p{^Lu}", "\u00c9", ExpectedResult = false)]
    [TestCase(@"\PN", "5", ExpectedResult = false)]
    [TestCase(@"[\pN\d_]", "\u0663", ExpectedResult = true)]
    [TestCase(@"\Qa.b|c\E+", "a.b|cc", ExpectedResult = true)]
    [TestCase(@"\Qa.b", "a.b", ExpectedResult = true)]
    [TestCase("(?P<name>a+)(?<other>b)", "aab", ExpectedResult = true)]
    [TestCase(@"\x41\x{1F600}\101\0", "A\U0001F600A\0", ExpectedResult = true)]
    [TestCase(@"\n\t\.\-\_", "\n\t.-_", ExpectedResult = true)]
    [TestCase("a{2}b{1,}c{0,1}", "aabbb", ExpectedResult = true)]
    [TestCase("a{2}", "aaa", ExpectedResult = false)]
    [TestCase("a{,2}", "a{,2}", ExpectedResult = true)]
    [TestCase("a{x", "a{x", ExpectedResult = true)]
    [TestCase("a*?b+?c??", "aabb", ExpectedResult = true)]
    [TestCase("(a*)*b", "aaab", ExpectedResult = true)]
    [TestCase("(|a)+", "aa", ExpectedResult = true)]
    [TestCase("[]a]+", "]a", ExpectedResult = true)]
    [TestCase("[a-]", "-", ExpectedResult = true)]
    [TestCase("[^]a]", "]", ExpectedResult = false)]
    [TestCase("[[:foo]", ":", ExpectedResult = true)]
    [TestCase("]}", "]}", ExpectedResult = true)]
    [TestCase(@"[^\x00-\x{10FFFF}]", "a", ExpectedResult = false)]
    [TestCase(@"a\bb", "ab", ExpectedResult = false)]
    [TestCase(@"a\b b", "a b", ExpectedResult = true)]
    [TestCase(@"\ba\b", "a", ExpectedResult = true)]
    [TestCase(@"a\Bb", "ab", ExpectedResult = true)]
    [TestCase(@"\Ba", "a", ExpectedResult = false)]
    [TestCase(@"\A(a|b)\z", "b", ExpectedResult = true)]
    [TestCase("a^b", "ab", ExpectedResult = false)]
    [TestCase("x*^b", "b", ExpectedResult = true)]
    [TestCase("a$.*", "a\nb", ExpectedResult = false)]
    [TestCase("(?m)a$.^b", "a\nb", ExpectedResult = true)]
    [TestCase("(?m)a$.*", "ab", ExpectedResult = false)]
    [TestCase("(^a|b$)+", "ab", ExpectedResult = true)]
    [TestCase("^*a", "a", ExpectedResult = true)]
    [TestCase("(?U)a+", "aa", ExpectedResult = true)]
    public bool IsMatch_Re2Syntax_MatchesTheWholeValue(string pattern, string value) => RegexPattern.Parse(pattern).IsMatch(Encoding.UTF8.GetBytes(value));

    [TestCase("a)", 2, "closes no group")]
    [TestCase("(a", 1, "not closed")]
    [TestCase("[a", 1, "not closed")]
    [TestCase("*a", 1, "nothing to repeat")]
    [TestCase("a|+", 3, "nothing to repeat")]
    [TestCase("a**", 3, "without a group")]
    [TestCase("a{2}{3}", 5, "without a group")]
    [TestCase("a{1001}", 2, "at most 1000")]
    [TestCase("a{3,2}", 2, "ascend")]
    [TestCase("(a{100}){11}", 9, "more than 1000")]
    [TestCase("[b-a]", 2, "ends before it begins")]
    [TestCase("[[:foo:]]", 2, "no class [:foo:]")]
    [TestCase("(?=a)", 1, "look-around")]
    [TestCase("(?!a)", 1, "look-around")]
    [TestCase("a(?<=a)", 2, "look-around")]
    [TestCase("(?<!a)", 1, "look-around")]
    [TestCase("(?>a)", 1, "flags")]
    [TestCase("(?i-)", 1, "flags")]
    [TestCase("(?P<a-b>a)", 1, "name")]
    [TestCase(@"(a)\1", 4, "back-references")]
    [TestCase(@"a\", 2, "backslash")]
    [TestCase(@"\C", 1, "\\C")]
    [TestCase(@"\Z", 1, "no escape \\Z")]
    [TestCase(@"\y", 1, "no escape \\y")]
    [TestCase(@"\pX", 1, "no Unicode category")]
    [TestCase(@"\p{Greek}", 1, "scripts")]
    [TestCase(@"\x{110000}", 1, "\\x")]
    [TestCase(@"\xg1", 1, "\\x")]
    public void Parse_Wrong_SaysWhatAndWhere(string pattern, int character, string what) => Assert.That(
        () => RegexPattern.Parse(pattern),
        Throws.ArgumentException.With.Message.Contains(what).And.Message.Contains($"at character {character}:"));

    [TestCase("host_1|host_7", "host_1 host_7")]
    [TestCase("cpu_(usage_user|usage_idle)", "cpu_usage_idle cpu_usage_user")]
    [TestCase("^(?:a|b)$", "a b")]
    [TestCase("^a$|^b$", "a b")]
    [TestCase("[a-c]x?", "a ax b bx c cx")]
    [TestCase("a{2}", "aa")]
    [TestCase("(?i)ab", "AB Ab aB ab")]
    [TestCase("a.", null)]
    [TestCase("a*", null)]
    [TestCase("[a-z][a-z][a-z]", null)]
    public void Values_Few_AreListedSorted(string pattern, string? expected)
    {
        IReadOnlyList<byte[]>? values = RegexPattern.Parse(pattern).Values;
        Assert.That(values is null ? null : string.Join(' ', values.Select(Encoding.UTF8.GetString)), Is.EqualTo(expected));
    }

    [TestCase("web-.*", "web-")]
    [TestCase("(web|wep).*", "we")]
    [TestCase("ab+c.*", "ab")]
    [TestCase("a(bc){2,}x", "abc")]
    [TestCase("(?i)a.*", "")]
    [TestCase(".*", "")]
    public void Prefix_Any_IsWhatEveryMatchBeginsWith(string pattern, string expected) =>
        Assert.That(Encoding.UTF8.GetString(RegexPattern.Parse(pattern).Prefix), Is.EqualTo(expected));

    [TestCase(".*", ExpectedResult = true)]
    [TestCase("^.*$", ExpectedResult = true)]
    [TestCase("(.*)", ExpectedResult = true)]
    [TestCase(".+", ExpectedResult = false)]
    [TestCase("a.*", ExpectedResult = false)]
    [TestCase("", ExpectedResult = false)]
    public bool MatchesEverything_Pattern_IsKnown(string pattern) => RegexPattern.Parse(pattern).MatchesEverything;

    // Random expressions over a few characters, compared with .NET's backtracking engine, which agrees with RE2 on this part of the syntax.
    [FsCheck.NUnit.Property(MaxTest = 500)]
    public void IsMatch_AnyExpression_AgreesWithDotNet(int seed)
    {
        var random = new Random(seed);
        string pattern = RandomExpression(random, depth: 4);
        var reference = new Regex($@"\A(?:{pattern})\z", RegexOptions.Singleline | RegexOptions.CultureInvariant);
        RegexPattern parsed = RegexPattern.Parse(pattern);
        for (int i = 0; i < 50; i++)
        {
            string value = string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => "ab\u00e9\n-"[random.Next(5)]));
            Assert.That(parsed.IsMatch(Encoding.UTF8.GetBytes(value)), Is.EqualTo(reference.IsMatch(value)), $"/{pattern}/ on \"{value}\"");
        }
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public void Parse_AnyText_ParsesOrRefuses(string text)
    {
        foreach (string pattern in (string[])[text ?? "", string.Concat((text ?? "").Select(c => "()[]{}*+?|\\^$.-ab1,:pQEx<>P"[c % 27]))])
        {
            try
            {
                RegexPattern.Parse(pattern).IsMatch("ab1"u8);
            }
            catch (ArgumentException)
            {
                // Refused with a message, as it should be.
            }
        }
    }

    [TestCase("(a*)*b")]
    [TestCase("(a|aa)+b")]
    [TestCase("(.*a){20}b")]
    public void IsMatch_WhatMakesBacktrackingExplode_IsLinear(string pattern) =>
        Assert.That(RegexPattern.Parse(pattern).IsMatch(Encoding.UTF8.GetBytes(new string('a', 100_000))), Is.False);

    [Test]
    public void IsMatch_MoreStatesThanAreKept_StillMatches()
    {
        RegexPattern pattern = RegexPattern.Parse("(.|\n)*a.{40}b.*c");
        var random = new Random(1);
        byte[] value = new byte[20_000];
        for (int i = 0; i < value.Length; i++)
        {
            value[i] = (byte)"ab"[random.Next(2)];
        }

        value[^1] = (byte)'c';
        Assert.That(pattern.IsMatch(value));
        Assert.That(pattern.IsMatch(value.AsSpan(0, value.Length - 1)), Is.False);
    }

    [TestCase("(((a{30}){30}))b(c{900}d{900}){1}.{1000}\\pL{900}")]
    public void Parse_TooLarge_IsRefused(string pattern) =>
        Assert.That(() => RegexPattern.Parse(pattern), Throws.ArgumentException.With.Message.Contains("too large"));

    [Test]
    public void Parse_NestedTooDeep_IsRefused() => Assert.That(
        () => RegexPattern.Parse(new string('(', 10_000) + new string(')', 10_000)), Throws.ArgumentException.With.Message.Contains("nest deeper"));

    [TestCase("host_[0-9]+-[a-f]*")]
    [TestCase("a|b|host_17-abc")]
    [TestCase(".*17.*")]
    public void IsMatch_Repeated_AllocatesNothing(string text)
    {
        RegexPattern pattern = RegexPattern.Parse(text);
        byte[] value = "host_17-abc"u8.ToArray();
        Assert.That(pattern.IsMatch(value));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            pattern.IsMatch(value);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static string RandomExpression(Random random, int depth)
    {
        if (depth == 0)
        {
            string[] atoms = ["a", "b", "\u00e9", ".", "[ab]", "[^a]", "-", "", "[\\s\u00e9]", "(?i:A)", "\\A", "\\z", "(?m:^)"];
            return atoms[random.Next(atoms.Length)];
        }

        string Inner() => RandomExpression(random, depth - 1);
        return random.Next(6) switch
        {
            0 => $"(?:{Inner()}|{Inner()})",
            1 => $"(?:{Inner()})*",
            2 => $"(?:{Inner()})?",
            3 => $"(?:{Inner()}){{1,2}}",
            4 => Inner(),
            _ => Inner() + Inner(),
        };
    }
}
