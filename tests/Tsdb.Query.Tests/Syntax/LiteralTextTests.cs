using Tsdb.Query.Syntax;
using Tsdb.Query.Syntax.Printing;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Tests.Syntax;

public sealed class LiteralTextTests
{
    [TestCase("0", 0)]
    [TestCase("1_000", 1000)]
    [TestCase("0755", 493)]
    [TestCase("089", 89)]
    [TestCase("0xFf", 255)]
    [TestCase("0X_1f", 31)]
    [TestCase("9223372036854775808", 9223372036854775808.0)]
    [TestCase("0_17", 15)]
    [TestCase(".5e+1", 5)]
    [TestCase("5.", 5)]
    [TestCase("1E-3", 0.001)]
    [TestCase("4.9e-324", double.Epsilon)]
    [TestCase("iNf", double.PositiveInfinity)]
    [TestCase("-Inf", double.NegativeInfinity)]
    [TestCase("NAN", double.NaN)]
    [TestCase("-0", -0.0)]
    [TestCase("1y2w3d4h5m6s7ms", 33019506.007)]
    [TestCase("1d12h", 129600)]
    [TestCase("0s", 0)]
    public void Parse_Number_GivesItsValue(string query, double value)
    {
        double parsed = ((NumberLiteral)PromQlParser.Parse(query)).Value;
        Assert.That(BitConverter.DoubleToInt64Bits(parsed), Is.EqualTo(BitConverter.DoubleToInt64Bits(value)));
    }

    [TestCase("1e300", "1" + "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
        + "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
        + "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000")]
    [TestCase("123456789012345678901", "123456789012345680000")]
    [TestCase("1.5e-7", "0.00000015")]
    [TestCase("-1.25e-5", "-0.0000125")]
    [TestCase("inf", "+Inf")]
    [TestCase("90s", "1m30s")]
    [TestCase("365d", "1y")]
    [TestCase("14d", "2w")]
    [TestCase("8d", "8d")]
    [TestCase("36h", "36h")]
    [TestCase("-1500ms", "-1s500ms")]
    [TestCase("a + fill(1e-5) b", "a + fill (1e-05) b")]
    [TestCase("a + fill(1.5e21) b", "a + fill (1.5e+21) b")]
    [TestCase("a + fill(123456.75) b", "a + fill (123456.75) b")]
    public void Print_Number_IsTheShortestForm(string query, string printed) =>
        Assert.That(ExpressionPrinter.Print(PromQlParser.Parse(query)), Is.EqualTo(printed));

    [TestCase("'it''s'", null)]
    [TestCase("'a\"b'", "a\"b")]
    [TestCase("\"a\\\"b\\\\\"", "a\"b\\")]
    [TestCase("`a\\nb\nc`", "a\\nb\nc")]
    [TestCase("\"\\a\\b\\f\\n\\r\\t\\v\"", "\a\b\f\n\r\t\v")]
    [TestCase("\"\\x41\\101\\u00e9\\U0001F600\"", "AA\u00e9😀")]
    [TestCase("\"\\xc3\\xa9\"", "é")]
    [TestCase("\"\\xff\"", "\ufffd")]
    public void Parse_String_GivesItsText(string query, string? text)
    {
        if (text is null)
            Assert.That(() => PromQlParser.Parse(query), Throws.TypeOf<QuerySyntaxException>());
        else
            Assert.That(((StringLiteral)PromQlParser.Parse(query)).Value, Is.EqualTo(text));
    }

    [TestCase("\"\"", "\"\"")]
    [TestCase("'a\"b'", "\"a\\\"b\"")]
    [TestCase("\"\\x00\\x7f\\u200b\\ufffd\\U000e0001é😀\"", "\"\\x00\\x7f\\u200b\\ufffd\\U000e0001é😀\"")]
    public void Print_String_IsQuotedAsGoQuotes(string query, string printed) =>
        Assert.That(ExpressionPrinter.Print(PromQlParser.Parse(query)), Is.EqualTo(printed));
}
