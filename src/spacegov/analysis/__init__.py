"""Measures over stances and proposals, each defined and cited where it is computed.

sides          which side an actor takes on a target
alignment      how often two actors take the same side, with an interval
coalitions     groups of actors that agree more with each other than with the rest
polarisation   how evenly actors are split on a topic, year by year
density        which documents gave unusually few or many stances for their length
sponsors       who joins whom in sponsoring proposals, as a network
"""
