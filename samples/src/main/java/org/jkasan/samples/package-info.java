/** Programs that show what the sanitizer finds, each with its bugs to choose from. */
package org.jkasan.samples;
