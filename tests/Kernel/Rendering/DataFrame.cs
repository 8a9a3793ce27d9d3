namespace Microsoft.Data.Analysis;

/// <summary>The shape of the package's type, by which the engine knows it.</summary>
public sealed record DataFrame(IReadOnlyList<DataFrameColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> RowList)
{
    public DataFrameRowCollection Rows => new(RowList);
}

/// <summary>A column's name is all that is read of it.</summary>
public sealed record DataFrameColumn(string Name);

/// <summary>Rows and their number.</summary>
public sealed class DataFrameRowCollection(IReadOnlyList<IReadOnlyList<object?>> rows) : IEnumerable<IReadOnlyList<object?>>
{
    public long Count => rows.Count;

    public IEnumerator<IReadOnlyList<object?>> GetEnumerator() => rows.GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
}
