using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FaLW.Data;

/// <summary>
/// An immutable list that equals another list with equal items in the same order, so that a record
/// holding one is equal to its copy. In JSON it is a plain array.
/// </summary>
/// <typeparam name="T">The item; its own equality decides.</typeparam>
[CollectionBuilder(typeof(ValueList), nameof(ValueList.Create))]
[JsonConverter(typeof(ValueListJson))]
public sealed class ValueList<T> : IReadOnlyList<T>, IEquatable<ValueList<T>>
{
    private readonly T[] items;

    internal ValueList(T[] items) => this.items = items;

    /// <inheritdoc/>
    public int Count => items.Length;

    /// <summary>The items without a copy.</summary>
    public ReadOnlySpan<T> Span => items;

    /// <inheritdoc/>
    public T this[int index] => items[index];

    /// <summary>True when both lists hold equal items in the same order.</summary>
    public bool Equals(ValueList<T>? other) => other is not null && Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ValueList<T>);

    /// <inheritdoc/>
    public override int GetHashCode() => items.Aggregate(0, HashCode.Combine);

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The items in brackets, in invariant culture, the middle left out of long lists.</summary>
    public override string ToString() => Count <= 12
        ? $"[{string.Join(", ", items.Select(Text))}]"
        : Invariant($"[{string.Join(", ", items.Take(6).Select(Text))}, ... {Count} items]");

    private static string Text(T item) => Invariant($"{item}");
}

/// <summary>Makes a <see cref="ValueList{T}"/>; collection expressions (<c>[1, 2, 3]</c>) call it.</summary>
public static class ValueList
{
    /// <summary>A list of copies of the given items.</summary>
    public static ValueList<T> Create<T>(ReadOnlySpan<T> items) => new(items.ToArray());

    /// <summary>The sequence as an immutable list.</summary>
    public static ValueList<T> ToValueList<T>(this IEnumerable<T> items) => new([.. items]);
}

internal sealed class ValueListJson : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(ValueList<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Items<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class Items<T> : JsonConverter<ValueList<T>>
    {
        public override ValueList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(((JsonConverter<T[]>)options.GetConverter(typeof(T[]))).Read(ref reader, typeof(T[]), options) ?? []);

        public override void Write(Utf8JsonWriter writer, ValueList<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize<T[]>(writer, [.. value], options);
    }
}
