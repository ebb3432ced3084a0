namespace AmoLtv.Host.Pages;

/// <summary>A page of words alone, for when there is nothing else to show. Both languages: nobody is known yet whose language it could be.</summary>
internal static class PageNotice
{
    public const string NotBuilt =
        """
        <!doctype html><html lang="ru"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>LTV</title>
        <h1>Страницы ещё не собраны</h1>
        <p>Сервис работает, но файлов страниц на сервере нет. Администратору сервера: соберите их командой
        <code>npm --prefix widget run build</code> или укажите папку в настройке <code>Pages:Folder</code>.</p>
        <h1 lang="en">The pages are not built yet</h1>
        <p lang="en">The service works, but the files of its pages are not on the server. To whoever runs the server: build them with
        <code>npm --prefix widget run build</code>, or name their folder in the setting <code>Pages:Folder</code>.</p>
        """;

    /// <summary>An archive of before version 0.2 does not say which pages it stands in.</summary>
    public const string OldWidget =
        """
        <!doctype html><html lang="ru"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>LTV</title>
        <h1>Обновите виджет</h1>
        <p>В CRM загружена прежняя версия виджета, эта страница в ней не откроется. Администратору аккаунта: загрузите новый
        <code>widget.zip</code> в настройках интеграции и обновите страницу CRM. Числа и настройки сохранятся.</p>
        <h1 lang="en">Update the widget</h1>
        <p lang="en">The CRM holds an earlier version of the widget, in which this page does not open. To an administrator of the account:
        upload the new <code>widget.zip</code> in the settings of the integration and reload the page of the CRM. Numbers and settings stay.</p>
        """;

    public const string UnknownAccount =
        """
        <!doctype html><html lang="ru"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>LTV</title>
        <h1>Аккаунт не подключён</h1>
        <p>Администратору аккаунта: установите интеграцию в настройках CRM и откройте страницу снова.</p>
        <h1 lang="en">The account is not connected</h1>
        <p lang="en">To an administrator of the account: install the integration in the settings of the CRM and open the page again.</p>
        """;
}
