using Tsdb.Query.Syntax;

namespace Tsdb.Query.Tests.Syntax;

public sealed class SyntaxErrorTests
{
    [TestCase("", "1:1: parse error: no expression found in input")]
    [TestCase("a b", "1:3: parse error: unexpected identifier \"b\"")]
    [TestCase("sum(a) 'a long string'", "1:8: parse error: unexpected string \"'a long st\"...")]
    [TestCase("a +\n  * b", "2:3: parse error: unexpected <op:*>")]
    [TestCase("a{b=\"é😀\"} c", "1:15: parse error: unexpected identifier \"c\"")]
    [TestCase("a{b}", "1:4: parse error: unexpected \"}\" in label matching, expected label matching operator")]
    [TestCase("a{b=\"c\" d=\"e\"}", "1:9: parse error: unexpected identifier \"d\" in label matching, expected \",\" or \"}\"")]
    [TestCase("a{b!c}", "1:4: parse error: unexpected character after '!' inside braces: 'c'")]
    [TestCase("a{b{", "1:4: parse error: unexpected left brace '{'")]
    [TestCase("a + é", "1:5: parse error: unexpected character: 'é'")]
    [TestCase("a ! b", "1:3: parse error: unexpected character after '!': ' '")]
    [TestCase("a]", "1:2: parse error: unexpected right bracket ']'")]
    [TestCase("a[5m", "1:5: parse error: unclosed left bracket")]
    [TestCase("a[5m[", "1:5: parse error: unexpected left bracket '['")]
    [TestCase("a[x]", "1:3: parse error: unexpected character in duration expression: 'x'")]
    [TestCase("a[5m:1m 2]", "1:9: parse error: unexpected number \"2\" in subquery selector, expected \"]\"")]
    [TestCase("a[5m 2]", "1:6: parse error: unexpected number \"2\" in subquery or range, expected \":\" or \"]\"")]
    [TestCase("a[:5m]", "1:3: parse error: unexpected \":\" in subquery or range selector, expected number, duration, step(), or range()")]
    [TestCase("a[5m:0s]", "1:6: parse error: duration must be greater than 0")]
    [TestCase("a[5m - 5s *]", "1:12: parse error: unexpected \"]\" in subquery or range selector, expected number, duration, step(), or range()")]
    [TestCase("a offset NaN", "1:10: parse error: duration out of range")]
    [TestCase("a offset foo", "1:10: parse error: unexpected identifier \"foo\" in offset, expected number, duration, step(), or range()")]
    [TestCase("a @ 1 @ 2", "1:1: parse error: @ <timestamp> may not be set multiple times")]
    [TestCase("a @ start", "1:10: parse error: unexpected end of input in @, expected timestamp")]
    [TestCase("a @ NaN", "1:1: parse error: timestamp out of bounds for @ modifier: NaN")]
    [TestCase("a anchored smoothed", "1:1: parse error: anchored and smoothed modifiers cannot be used together")]
    [TestCase("a[1m:] anchored", "1:1: parse error: anchored modifier is not supported for subqueries")]
    [TestCase("1 smoothed", "1:1: parse error: smoothed modifier not implemented")]
    [TestCase("sum by (\"\") (a)", "1:9: parse error: invalid label name for grouping: \"\"")]
    [TestCase("sum by (a b) (a)", "1:11: parse error: unexpected identifier \"b\" in grouping opts, expected \",\" or \")\"")]
    [TestCase("f(1 2)", "1:5: parse error: unexpected number \"2\"")]
    [TestCase("f(,)", "1:3: parse error: unexpected \",\"")]
    [TestCase("f(g(h(1, ), 2), 3)", "1:8: parse error: trailing commas not allowed in function call args")]
    [TestCase("5m1h", "1:1: parse error: not a valid duration string: \"5m1h\"")]
    [TestCase("300y", "1:1: parse error: duration out of range")]
    [TestCase("0x", "1:1: parse error: error parsing number: strconv.ParseFloat: parsing \"0x\": invalid syntax")]
    [TestCase("1_ ", "1:1: parse error: error parsing number: strconv.ParseFloat: parsing \"1_\": invalid syntax")]
    [TestCase("1..2", "1:1: parse error: bad number or duration syntax: \"1..\"")]
    [TestCase("\"a\nb\"", "1:1: parse error: unterminated quoted string")]
    [TestCase("`a", "1:1: parse error: unterminated raw string")]
    [TestCase("\"\\400\"", "1:1: parse error: escape sequence is an invalid Unicode code point")]
    [TestCase("\"\\ud800\"", "1:1: parse error: escape sequence is an invalid Unicode code point")]
    [TestCase("\"\\u00", "1:1: parse error: escape sequence not terminated")]
    [TestCase("\"\\'\"", "1:1: parse error: unknown escape sequence U+0027 '''")]
    [TestCase("\"\ud800\"", "1:1: parse error: invalid UTF-8 rune")]
    public void Parse_InvalidQuery_SaysWhereAndWhat(string query, string message) =>
        Assert.That(() => PromQlParser.Parse(query), Throws.TypeOf<QuerySyntaxException>().With.Message.EqualTo(message));

    [Test]
    public void Parse_WrongRegularExpression_IsToldAtItsMatcher() =>
        Assert.That(() => PromQlParser.Parse("a{b=~\"(\"}"), Throws.TypeOf<QuerySyntaxException>().With.Message.StartsWith("1:3: parse error: "));
}
