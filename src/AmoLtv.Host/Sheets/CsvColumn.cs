namespace AmoLtv.Host.Sheets;

/// <summary>A column of a CSV file.</summary>
/// <param name="Russian">Its title.</param>
/// <param name="English">Its title.</param>
/// <param name="Cell">Makes its cell, safe and quoted.</param>
internal sealed record CsvColumn<T>(string Russian, string English, Func<T, CsvLanguage, string> Cell);
