namespace Microsoft.Data.Analysis;

/// <summary>The shape of the package's type, by which the engine knows it.</summary>
internal sealed record DataFrame(IReadOnlyList<DataFrameColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> RowList)
{
    public DataFrameRowCollection Rows => new(RowList);
}

/// <summary>A column's name is all that is read of it.</summary>
internal sealed record DataFrameColumn(string Name);

/// <summary>Rows and their number.</summary>
internal sealed class DataFrameRowCollection(IReadOnlyList<IReadOnlyList<object?>> rows) : System.Collections.IEnumerable
{
    public long Count => rows.Count;

    public System.Collections.IEnumerator GetEnumerator() => rows.GetEnumerator();
}
