using Tsdb.Query.Operators;
using Tsdb.Query.Results;
using Tsdb.Query.Syntax.Printing;
using Tsdb.Query.Syntax.Tree;

namespace Tsdb.Query.Functions;

/// <summary>An operator that floats do not have, such as <c>&lt;/</c>: gives nothing, and an info that says so.</summary>
internal sealed class IncompatibleTypesKernel : BinaryKernel
{
    private readonly AnnotationCollector _annotations;
    private readonly string _text;
    private readonly string _position;

    /// <summary>Creates the kernel for an operator at a position of the query.</summary>
    public IncompatibleTypesKernel(AnnotationCollector annotations, BinaryOperator op, string position)
    {
        _annotations = annotations;
        string symbol = Symbols.Of(op);
        _text = $"incompatible sample types encountered for binary operator \"{symbol}\": float {symbol} float";
        _position = position;
    }

    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> result, PresenceBitmap presence)
    {
        if (!presence.IsEmpty)
        {
            _annotations.Inform(_text, _position);
            presence.Clear();
        }
    }
}
