import { render } from 'preact';
import { areas } from './app/areas';
import { aloneEntrance, frameEntrance } from './app/enter';
import { firstLook, wear } from './app/first-look';
import { tellHeight } from './app/height';
import { Root } from './app/Root';
import { takeCode } from './session/alone';
import { parentOf, parentOrigin } from './session/parent';
import './style/tokens.css';
import './style/page.css';
import './style/parts.css';
import './style/print.css';

const origin = parentOrigin();
const parent = origin === null ? null : parentOf(origin);
const look = firstLook();
wear(look);

if (parent !== null) {
  document.documentElement.classList.add('framed');
  tellHeight(parent);
}

const entrance = parent === null ? aloneEntrance(takeCode()) : frameEntrance(parent);
render(<Root entrance={entrance} parent={parent} firstLook={look} areas={areas} />, document.getElementById('app')!);
