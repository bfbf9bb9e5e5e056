/** The project's measurements: goals, how each is measured, and the scoreboard that prints them. */
package org.jkasan.bench;
