namespace AmoLtv.AmoCrm;
