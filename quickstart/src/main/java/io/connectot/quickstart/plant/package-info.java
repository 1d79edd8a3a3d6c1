// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** A plant that does not exist: machines whose registers move like those of real ones. */
package io.connectot.quickstart.plant;
