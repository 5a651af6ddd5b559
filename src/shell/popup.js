import { Standard } from "./standard.js";
export class Popup extends Standard {}
