namespace AmoLtv.AmoCrm.Reading;

/// <summary>The arithmetic of reading a page that is too large for the CRM in smaller ones.</summary>
public static class PageParts
{
    /// <summary>
    /// The next smaller page that a page of <paramref name="limit"/> rows is made of without a rest: 250, 125, 25, 5, 1. Null for a single row.
    /// </summary>
    public static int? Smaller(int limit)
    {
        if (limit < 2)
        {
            return null;
        }

        for (var factor = 2; factor * factor <= limit; factor++)
        {
            if (limit % factor == 0)
            {
                return limit / factor;
            }
        }

        return 1;
    }

    /// <summary>Number, from 1, of the first of the smaller pages that make up page <paramref name="number"/>.</summary>
    /// <param name="parts">How many of them make it up.</param>
    public static int First(int number, int parts) => ((number - 1) * parts) + 1;
}
