using AmoLtv.Core.Identity;
using Dapper;

namespace AmoLtv.Host.Analytics.Lists;

/// <summary>Conditions of a query with their parameters, joined by "and".</summary>
internal sealed class Condition
{
    private readonly List<string> _parts = [];

    public Condition(AccountId account) => Parameters.Add("Account", account.Value);

    public DynamicParameters Parameters { get; } = new();

    public string Sql => string.Concat(_parts.Select(part => $" and {part}"));

    public void Add(string sql) => _parts.Add(sql);

    public void Add(string sql, string name, object value)
    {
        _parts.Add(sql);
        Parameters.Add(name, value);
    }

    /// <summary>A text that the database can hold.</summary>
    /// <exception cref="BadFilterException">It cannot.</exception>
    public static string Text(string text) => text.Contains('\0', StringComparison.Ordinal) || text.Length > 500
        ? throw new BadFilterException("A filter is a text of at most 500 characters.")
        : text;
}
