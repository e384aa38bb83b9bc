using System.Text;
using Tsdb.Model.Labels;

namespace Tsdb.Model.Tests.Labels;

public sealed class CanonicalLabelsTests
{
    [Test]
    public void Of_AnyOrder_GivesTheSameBytes()
    {
        LabelSet one = LabelSet.Of(("b", "2"), ("a", "1"), ("__name__", "m"));
        LabelSet other = LabelSet.OfMetric("m", ("a", "1"), ("b", "2"));

        Assert.That(one, Is.EqualTo(other));
        Assert.That(one.GetHashCode(), Is.EqualTo(other.GetHashCode()));
        Assert.That(one.ToString(), Is.EqualTo("m{a=\"1\",b=\"2\"}"));
    }

    [Test]
    public void Canonical_TwoLabels_AreNamesAndValuesEndedBy0xFF()
    {
        LabelSet set = LabelSet.Of(("b", "22"), ("a", "1"));

        Assert.That(set.Canonical.ToArray(), Is.EqualTo(new byte[] { (byte)'a', 0xFF, (byte)'1', 0xFF, (byte)'b', 0xFF, (byte)'2', (byte)'2', 0xFF }));
    }

    [Test]
    public void Of_EmptyValue_IsLeftOut() => Assert.That(LabelSet.Of(("a", ""), ("b", "x")), Is.EqualTo(LabelSet.Of(("b", "x"))));

    [Test]
    public void Of_NameTwice_Throws() =>
        Assert.That(() => LabelSet.Of(("a", "1"), ("a", "2")), Throws.ArgumentException.With.Message.Contains("\"a\" occurs twice"));

    [TestCase("a\xFF", "1", "label name", TestName = "Add_NameWithTheTerminator_Throws")]
    [TestCase("\xC3", "1", "label name", TestName = "Add_NameOfHalfACharacter_Throws")]
    [TestCase("host", "\xFF", "\"host\"", TestName = "Add_ValueWithTheTerminator_Throws")]
    [TestCase("host", "\xED\xA0\x80", "\"host\"", TestName = "Add_ValueWithASurrogate_Throws")]
    public void Add_NotUtf8_ThrowsAndNamesTheLabel(string latin1Name, string latin1Value, string named)
    {
        var builder = new LabelSetBuilder();
        Assert.That(
            () => builder.Add(Encoding.Latin1.GetBytes(latin1Name), Encoding.Latin1.GetBytes(latin1Value)),
            Throws.ArgumentException.With.Message.Contains(named).And.Message.Contains("not valid UTF-8"));
        Assert.That(builder.Count, Is.Zero);
    }

    [Test]
    public void FromCanonical_CanonicalBytes_GivesTheSet()
    {
        LabelSet set = LabelSet.OfMetric("m", ("a", "1"));
        Assert.That(LabelSet.FromCanonical(set.Canonical), Is.EqualTo(set));
        Assert.That(LabelSet.FromCanonical([]), Is.EqualTo(LabelSet.Empty));
    }

    [Test]
    public void FromCanonical_NamesDescend_Throws() =>
        Assert.That(() => LabelSet.FromCanonical([(byte)'b', 0xFF, (byte)'1', 0xFF, (byte)'a', 0xFF, (byte)'1', 0xFF]), Throws.ArgumentException.With.Message.Contains("not a canonical label set"));

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Compare_AnySets_OrdersLabelByLabel(KeyValuePair<string, string>[] left, KeyValuePair<string, string>[] right)
    {
        LabelSet l = SetOf(left);
        LabelSet r = SetOf(right);

        return Math.Sign(l.CompareTo(r)) == Math.Sign(CompareByDefinition(l, r));
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool IsCanonical_AnyBuiltSet_IsTrue(KeyValuePair<string, string>[] labels) => CanonicalLabels.IsCanonical(SetOf(labels).Canonical);

    [TestCase("a", TestName = "IsCanonical_NoTerminator_IsFalse")]
    [TestCase("a\xFF", TestName = "IsCanonical_NoValue_IsFalse")]
    [TestCase("a\xFF1", TestName = "IsCanonical_ValueNotEnded_IsFalse")]
    [TestCase("\xFF1\xFF", TestName = "IsCanonical_EmptyName_IsFalse")]
    [TestCase("a\xFF\xFF", TestName = "IsCanonical_EmptyValue_IsFalse")]
    [TestCase("b\xFF1\xFFa\xFF1\xFF", TestName = "IsCanonical_NamesDescend_IsFalse")]
    [TestCase("a\xFF1\xFFa\xFF1\xFF", TestName = "IsCanonical_NameTwice_IsFalse")]
    [TestCase("a\xFF\xC3\xFF", TestName = "IsCanonical_InvalidUtf8_IsFalse")]
    public void IsCanonical_Broken_IsFalse(string latin1) => Assert.That(CanonicalLabels.IsCanonical(Encoding.Latin1.GetBytes(latin1)), Is.False);

    private static LabelSet SetOf(KeyValuePair<string, string>[] labels)
    {
        var builder = new LabelSetBuilder();
        var names = new HashSet<string>();
        foreach ((string? name, string? value) in labels)
        {
            string clean = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name ?? ""));
            if (clean.Length > 0 && names.Add(clean))
            {
                builder.Add(clean, value ?? "");
            }
        }

        return builder.Build();
    }

    private static int CompareByDefinition(LabelSet left, LabelSet right)
    {
        foreach ((Label l, Label r) in left.Zip(right))
        {
            int byName = Bytes(l.Name).AsSpan().SequenceCompareTo(Bytes(r.Name));
            if (byName != 0)
            {
                return byName;
            }

            int byValue = Bytes(l.Value).AsSpan().SequenceCompareTo(Bytes(r.Value));
            if (byValue != 0)
            {
                return byValue;
            }
        }

        return left.Count() - right.Count();
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
