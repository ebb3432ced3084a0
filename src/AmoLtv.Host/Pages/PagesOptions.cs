namespace AmoLtv.Host.Pages;

/// <summary>The built pages for settings, analytics and operations (section <c>Pages</c>).</summary>
public sealed class PagesOptions
{
    public const string Section = "Pages";

    /// <summary>Folder that holds <c>index.html</c> and <c>assets/</c>; null for <c>pages/</c> beside the program.</summary>
    public string? Folder { get; init; }

    /// <summary>Where the pages lie, whatever was set.</summary>
    public string Place => Folder ?? Path.Combine(AppContext.BaseDirectory, "pages");
}
