namespace AmoLtv.Testing;

/// <summary>Places in the checkout that tests need.</summary>
public static class Repository
{
    /// <summary>Folder that holds <c>AmoLtv.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A file of the optional shared data, or a skipped test where it is missing.</summary>
    public static string SharedData(string fileName)
    {
        var path = Path.GetFullPath(Path.Combine(Root, "..", "shared", "data", fileName));
        if (!File.Exists(path))
        {
            Assert.Ignore($"The optional file ../shared/data/{fileName} is not beside the project.");
        }

        return path;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AmoLtv.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds AmoLtv.sln.");
    }
}
