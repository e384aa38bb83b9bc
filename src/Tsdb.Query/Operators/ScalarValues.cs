using Tsdb.Query.Planning;

namespace Tsdb.Query.Operators;

/// <summary>A scalar argument of an operator: evaluated when first needed, then kept for all series.</summary>
internal sealed class ScalarValues : IDisposable
{
    private readonly QueryContext _context;
    private readonly ScalarOperator _scalar;
    private SeriesColumn? _column;

    /// <summary>Wraps a scalar, which it owns.</summary>
    public ScalarValues(QueryContext context, ScalarOperator scalar)
    {
        _context = context;
        _scalar = scalar;
    }

    /// <summary>The number of each step.</summary>
    public ReadOnlySpan<double> Values
    {
        get
        {
            if (_column is null)
            {
                _column = _context.Columns.Rent(_scalar.Grid.Count);
                _scalar.Evaluate(_column.Values);
            }

            return _column.Values;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _scalar.Dispose();
        if (_column is not null)
        {
            _context.Columns.Return(_column);
            _column = null;
        }
    }
}
