using System.Globalization;

namespace AmoLtv.Core.Tests.Forecasting;

/// <summary>Optional data files beside the project; a test that wants one is skipped where it is missing.</summary>
internal static class SharedFile
{
    /// <summary>The rows after the header, split at commas.</summary>
    public static IReadOnlyList<string[]> Rows(string name)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "AmoLtv.sln")))
        {
            root = root.Parent;
        }

        var path = Path.Combine(root?.FullName ?? ".", "..", "shared", "data", name);
        if (!File.Exists(path))
        {
            Assert.Ignore($"The optional file ../shared/data/{name} is not beside the project.");
        }

        return [.. File.ReadLines(path).Skip(1).Where(line => line.Length > 0).Select(line => line.Split(','))];
    }

    public static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    public static int Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber;
}
