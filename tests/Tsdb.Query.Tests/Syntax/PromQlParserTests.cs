using Tsdb.Query.Syntax;

namespace Tsdb.Query.Tests.Syntax;

public sealed class PromQlParserTests
{
    private const string A = "a{__name__ Equal a}";
    private const string B = "b{__name__ Equal b}";
    private const string C = "c{__name__ Equal c}";

    // literals
    [TestCase("1", ExpectedResult = "1")]
    [TestCase("+-+1", ExpectedResult = "-1")]
    [TestCase("5m", ExpectedResult = "300s")]
    [TestCase("-1m30s", ExpectedResult = "-90s")]
    [TestCase("`a\\n`", ExpectedResult = "'a\\n'")]
    [TestCase("# all\n1 # more\n+ 2", ExpectedResult = "(Add 1 2)")]

    // how operators bind
    [TestCase("1 + 2 * 3 - 4", ExpectedResult = "(Subtract (Add 1 (Multiply 2 3)) 4)")]
    [TestCase("1 - 2 - 3", ExpectedResult = "(Subtract (Subtract 1 2) 3)")]
    [TestCase("2 ^ 3 ^ 4", ExpectedResult = "(Power 2 (Power 3 4))")]
    [TestCase("-1 ^ 2", ExpectedResult = "(neg (Power 1 2))")]
    [TestCase("2 ^ -1 * 3", ExpectedResult = "(Multiply (Power 2 -1) 3)")]
    [TestCase("2 ^ -3 ^ 2", ExpectedResult = "(Power 2 (neg (Power 3 2)))")]
    [TestCase("-a * b", ExpectedResult = $"(Multiply (neg {A}) {B})")]
    [TestCase("- + a", ExpectedResult = $"(neg (pos {A}))")]
    [TestCase("a atan2 b % c", ExpectedResult = $"(Modulo (Atan2 {A} {B}) {C})")]
    [TestCase("a or b and c", ExpectedResult = $"(Or {A} (And {B} {C}))")]
    [TestCase("a and b unless c", ExpectedResult = $"(Unless (And {A} {B}) {C})")]
    [TestCase("a OR b > c", ExpectedResult = $"(Or {A} (Greater {B} {C}))")]
    [TestCase("a < b + c", ExpectedResult = $"(Less {A} (Add {B} {C}))")]
    [TestCase("a </ 1 >/ 2", ExpectedResult = $"(TrimLower (TrimUpper {A} 1) 2)")]
    [TestCase("(a + b) * c", ExpectedResult = $"(Multiply (paren (Add {A} {B})) {C})")]

    // operator modifiers
    [TestCase("a == bool b", ExpectedResult = $"(Equal bool {A} {B})")]
    [TestCase("a + on(x, by) b", ExpectedResult = $"(Add OneToOne on[x,by] include[] {A} {B})")]
    [TestCase("a > bool ignoring(x,) group_left b", ExpectedResult = $"(Greater bool ManyToOne ignoring[x] include[] {A} {B})")]
    [TestCase("a * on() group_right(\"y z\") b", ExpectedResult = $"(Multiply OneToMany on[] include[y z] {A} {B})")]
    [TestCase("a and on(x) b", ExpectedResult = $"(And ManyToMany on[x] include[] {A} {B})")]
    [TestCase("a + fill(-2) b", ExpectedResult = $"(Add OneToOne ignoring[] include[] left=-2 right=-2 {A} {B})")]
    [TestCase("a + on(x) fill_left (1) fill_right(NaN) b", ExpectedResult = $"(Add OneToOne on[x] include[] left=1 right=NaN {A} {B})")]
    [TestCase("fill + fill_left", ExpectedResult = "(Add fill{__name__ Equal fill} fill_left{__name__ Equal fill_left})")]

    // selectors
    [TestCase("a:b:c", ExpectedResult = "a:b:c{__name__ Equal a:b:c}")]
    [TestCase("{x!='1', \"y z\"=~`.+`,}", ExpectedResult = "{x NotEqual 1,y z Matches .+}")]
    [TestCase("{\"my.metric\", on!~\"z\"}", ExpectedResult = "{__name__ Equal my.metric,on NotMatches z}")]
    [TestCase("sum{by=\"x\"}", ExpectedResult = "sum{__name__ Equal sum,by Equal x}")]
    [TestCase("a{}[5m]", ExpectedResult = $"(range {A} 300s)")]
    [TestCase("a offset -5m", ExpectedResult = $"{A} offset:-300s")]
    [TestCase("a[1m] offset 90 @ -1.5", ExpectedResult = $"(range {A} offset:90 @Timestamp:-1500 60s)")]
    [TestCase("a @ end() offset 1s", ExpectedResult = $"{A} offset:1s @End:0")]
    [TestCase("a @ 0xA", ExpectedResult = $"{A} @Timestamp:10000")]
    [TestCase("a smoothed", ExpectedResult = $"{A} Smoothed")]
    [TestCase("a[1m] anchored @ start()", ExpectedResult = $"(range {A} Anchored @Start:0 60s)")]
    [TestCase("a[1m:10s] offset 1s", ExpectedResult = $"(subquery {A} 60s 10s offset:1s)")]
    [TestCase("(a)[1m:][2m:]", ExpectedResult = $"(subquery (subquery (paren {A}) 60s -) 120s -)")]
    [TestCase("-a[1m:] @ 1", ExpectedResult = $"(neg (subquery {A} 60s - @Timestamp:1000))")]

    // durations
    [TestCase("a[1m+2*3s-4^2^1]", ExpectedResult = $"(range {A} (Subtract (Add 60s (Multiply 2 3s)) (Power 4 (Power 2 1))))")]
    [TestCase("a[-2^2+5]", ExpectedResult = $"(range {A} (Add (neg (Power 2 2)) 5))")]
    [TestCase("a[STEP()/(2)]", ExpectedResult = $"(range {A} (Divide step (paren 2)))")]
    [TestCase("a[min_of(range(), 5s):max_of(1, 2)]", ExpectedResult = $"(subquery {A} (min range 5s) (max 1 2))")]
    [TestCase("a offset 2 ^ 2", ExpectedResult = $"(Power {A} offset:2 2)")]
    [TestCase("a offset -(1m - 5)", ExpectedResult = $"{A} offset:(neg (paren (Subtract 60s 5)))")]

    // calls and aggregations
    [TestCase("f()", ExpectedResult = "(call f)")]
    [TestCase("f(1, g(\"x\"))", ExpectedResult = "(call f 1 (call g 'x'))")]
    [TestCase("start() + step", ExpectedResult = "(Add (call start) step{__name__ Equal step})")]
    [TestCase("sum(a)", ExpectedResult = $"(Sum by[] - {A})")]
    [TestCase("topk by (x) (3, a)", ExpectedResult = $"(TopK by[x] 3 {A})")]
    [TestCase("COUNT_VALUES(\"v\", a) without (x, \"y.z\")", ExpectedResult = $"(CountValues without[x,y.z] 'v' {A})")]
    [TestCase("limit_ratio(-0.5, a)", ExpectedResult = $"(LimitRatio by[] -0.5 {A})")]
    [TestCase("sum by (sum) (sum)", ExpectedResult = "(Sum by[sum] - sum{__name__ Equal sum})")]
    public string Parse_ValidQuery_GivesTheTree(string query) => TreeText.Of(PromQlParser.Parse(query));

    [TestCase("a", "a", "quantile", "avg")]
    [TestCase("min", "max", "group", "stddev")]
    [TestCase("offset", "without", "anchored", "range")]
    [TestCase("and", "or", "unless", "by")]
    public void Parse_KeywordsWhereOnlyNamesCanStand_AreNames(params string[] words)
    {
        foreach (string word in words)
            Assert.That(TreeText.Of(PromQlParser.Parse($"{word}{{{word}=\"x\"}}")), Does.StartWith($"{word}{{"));
    }
}
