#!/usr/bin/env node
// Runs the commands from a checkout: builds them first where the sources are newer, then hands over to oclif.
import { build } from './build.js';

build();
const { execute } = await import('@oclif/core');
await execute({ dir: import.meta.url });
