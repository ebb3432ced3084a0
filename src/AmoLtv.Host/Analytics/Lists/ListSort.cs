namespace AmoLtv.Host.Analytics.Lists;

/// <summary>An order of a list in which every row has one place, whatever values are equal.</summary>
/// <param name="Name">As the query has it, <c>-</c> before it for the largest first.</param>
/// <param name="Key">Expression sorted by; missing values come last.</param>
/// <param name="Type">Of the key in the database.</param>
/// <param name="Tie">Columns that tell rows of equal keys apart.</param>
/// <param name="IsDescending">Whether the largest comes first.</param>
internal sealed record ListSort(string Name, string Key, string Type, string Tie, bool IsDescending)
{
    public string KeyText => $"({Key})::text";

    /// <summary>Order of the rows.</summary>
    public string Order => string.Join(", ", Tie.Split(", ").Prepend(Key).Select(column => IsDescending ? $"{column} desc" : column));

    /// <summary>Adds the condition that rows lie behind the cursor.</summary>
    public void After(Condition condition, ListCursor cursor)
    {
        condition.Add($"({Key}, {Tie}) {(IsDescending ? '<' : '>')} (@CursorKey::{Type}, @CursorId, @CursorScope)");
        condition.Parameters.Add("CursorKey", cursor.Key);
        condition.Parameters.Add("CursorId", cursor.Id);
        condition.Parameters.Add("CursorScope", cursor.Scope);
    }

    /// <param name="name">As the query has it.</param>
    /// <param name="columns">Columns that may be sorted by, with their types: numeric, double precision, date or text.</param>
    /// <param name="never">Those of them that never miss a value.</param>
    /// <param name="tie">Two columns that tell rows of equal keys apart.</param>
    /// <exception cref="BadFilterException">There is no such order.</exception>
    public static ListSort Parse(string name, IReadOnlyDictionary<string, (string Column, string Type)> columns, string[] never, string tie)
    {
        var isDescending = name.StartsWith('-');
        if (!columns.TryGetValue(isDescending ? name[1..] : name, out var column))
        {
            throw new BadFilterException($"'{name}' is no order of this list; there are {string.Join(", ", columns.Keys)}, each also with - before it.");
        }

        var missing = column.Type switch
        {
            "text" => isDescending ? "''" : "chr(1114111)",
            _ => $"'{(isDescending ? "-" : "")}infinity'::{column.Type}",
        };
        var bare = column.Type == "text" ? $"nullif({column.Column}, '')" : column.Column;
        var key = never.Contains(column.Column) ? column.Column : $"coalesce({bare}, {missing})";
        return new ListSort(name, column.Type == "text" ? $"""({key} collate "C")""" : key, column.Type, tie, isDescending);
    }
}
