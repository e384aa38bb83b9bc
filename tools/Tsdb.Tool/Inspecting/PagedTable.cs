using Spectre.Console;

namespace Tsdb.Tool.Inspecting;

/// <summary>A table of any length: after a number of rows it is written and begun anew, so that memory stays small. Disposing writes the rest.</summary>
/// <param name="console">Where to write.</param>
/// <param name="columns">The columns' names.</param>
internal sealed class PagedTable(IAnsiConsole console, string[] columns) : IDisposable
{
    private const int RowsPerPage = 1000;

    private static readonly Style Bad = new(Color.Red);

    private Table _page = NewPage(columns);

    /// <summary>Adds a row, as text.</summary>
    public void Add(params string[] cells) => Add(Style.Plain, cells);

    /// <summary>Adds a row that tells of damage.</summary>
    public void AddDamaged(params string[] cells) => Add(Bad, cells);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_page.Rows.Count > 0)
        {
            console.Write(_page);
        }
    }

    private static Table NewPage(string[] columns) => new Table().RoundedBorder().AddColumns(columns);

    private void Add(Style style, string[] cells)
    {
        if (_page.Rows.Count == RowsPerPage)
        {
            console.Write(_page);
            _page = NewPage(columns);
        }

        _page.AddRow([.. cells.Select(cell => new Text(cell, style))]);
    }
}
