/** The rewriting of a class file: which checks each method gets, and in what form. */
package org.jkasan.agent.rewrite;
