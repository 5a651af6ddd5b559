import { Standard } from "./standard.js";
export class Bubble extends Standard {}
